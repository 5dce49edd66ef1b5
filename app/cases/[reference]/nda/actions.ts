'use server';

import { z } from 'zod';
import { type FormState } from '@/lib/form-state';
import { formAction } from '@/server/http/form-action';
import { chooseNda } from '@/server/nda/choose-nda';

const chooseNdaForm = z.strictObject({
  reference: z.string(),
  choice: z.enum(['without', 'sign_later'], { error: 'Choose one of the two.' }),
});

const choose = formAction(chooseNdaForm, async ({ actor, input, now }) => {
  await chooseNda({ actor, now, ...input });
  return { redirectTo: `/cases/${encodeURIComponent(input.reference)}` };
});

export async function chooseNdaAction(previous: FormState, form: FormData): Promise<FormState> {
  return choose(previous, form);
}
