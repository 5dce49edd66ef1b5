'use server';

import { revalidatePath } from 'next/cache';
import { formAction } from '@/server/http/form-action';
import { withdrawAgreement, withdrawInput } from '@/server/nda/end-signing';
import { forwardAgreement, forwardInput } from '@/server/nda/send-to-signatory';

export const withdraw = formAction(withdrawInput, async ({ actor, input, now }) => {
  await withdrawAgreement({ actor, now, agreementId: input.agreementId });
  revalidatePath(`/nda/agreements/${input.agreementId}`);
});

export const sendToAnother = formAction(forwardInput, async ({ actor, input, now }) => {
  await forwardAgreement({ by: actor, now, ...input });
  return { redirectTo: `/nda/agreements/${input.agreementId}` };
});
