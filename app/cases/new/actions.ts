'use server';

import { openCaseInput } from '@/domain/cases';
import { type FormState } from '@/lib/form-state';
import { openCase } from '@/server/case/open-case';
import { formAction } from '@/server/http/form-action';

const open = formAction(openCaseInput, async ({ actor, input, now }) => {
  const { reference } = await openCase({ actor, now, ...input });
  return { redirectTo: `/cases/${reference}?opened=1` };
});

export async function openCaseAction(previous: FormState, form: FormData): Promise<FormState> {
  return open(previous, form);
}
