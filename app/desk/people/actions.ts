'use server';

import { formAction } from '@/server/http/form-action';
import { erasePerson, erasePersonInput } from '@/server/user/erase-person';

export const erase = formAction(erasePersonInput, async ({ actor, input, now }) => {
  await erasePerson({ actor, now, email: input.email });
  return { message: 'The person was erased. What they did stays on record, as done by a person since erased.', values: {} };
});
