'use server';

import { revalidatePath } from 'next/cache';
import { formAction } from '@/server/http/form-action';
import { countersignAgreement, countersignInput } from '@/server/nda/countersign-agreement';
import { endAgreement, endInput, withdrawAgreement, withdrawInput } from '@/server/nda/end-signing';
import { acceptPaperCopy, acceptPaperInput, refusePaperCopy, refusePaperInput } from '@/server/nda/paper-copy';

const refresh = (agreementId: string) => revalidatePath(`/desk/ndas/${agreementId}`);

export const countersign = formAction(countersignInput, async ({ actor, input, now }) => {
  await countersignAgreement({ actor, now, ...input });
  refresh(input.agreementId);
});

export const acceptPaper = formAction(acceptPaperInput, async ({ actor, input, now }) => {
  await acceptPaperCopy({ actor, now, agreementId: input.agreementId });
  refresh(input.agreementId);
});

export const refusePaper = formAction(refusePaperInput, async ({ actor, input, now }) => {
  await refusePaperCopy({ actor, now, ...input });
  refresh(input.agreementId);
});

export const withdrawAtDesk = formAction(withdrawInput, async ({ actor, input, now }) => {
  await withdrawAgreement({ actor, now, agreementId: input.agreementId });
  refresh(input.agreementId);
});

export const end = formAction(endInput, async ({ actor, input, now }) => {
  await endAgreement({ actor, now, ...input });
  refresh(input.agreementId);
});
