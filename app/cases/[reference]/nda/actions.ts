'use server';

import { z } from 'zod';
import { type FormState } from '@/lib/form-state';
import { keepSigningToken } from '@/server/auth/signing-cookie';
import { formAction } from '@/server/http/form-action';
import { chooseNda } from '@/server/nda/choose-nda';
import { sendToSignatory, sendToSignatoryInput } from '@/server/nda/send-to-signatory';
import { startSigning, startSigningInput } from '@/server/nda/start-signing';

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

/** Begins "sign now" in this browser: the cookie admits it to this agreement alone. */
export const signNowAction = formAction(startSigningInput, async ({ actor, input, now }) => {
  const { agreementId, token } = await startSigning({ actor, now, ...input });
  await keepSigningToken(token);
  return { redirectTo: `/signing/${agreementId}/code` };
});

export const sendToSignatoryAction = formAction(sendToSignatoryInput, async ({ actor, input, now }) => {
  const { agreementId } = await sendToSignatory({ actor, now, ...input });
  return { redirectTo: `/nda/agreements/${agreementId}` };
});
