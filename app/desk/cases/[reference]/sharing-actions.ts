'use server';

import { revalidatePath } from 'next/cache';
import { askForSharingInput, oneSharing } from '@/domain/sharing';
import { formAction } from '@/server/http/form-action';
import { askForSharing } from '@/server/sharing/ask-for-sharing';
import { withdrawSharing } from '@/server/sharing/withdraw-sharing';

const refresh = () => revalidatePath('/desk', 'layout');

export const askToShare = formAction(askForSharingInput, async ({ actor, input, now }) => {
  await askForSharing({ actor, now, ...input });
  refresh();
  return { message: 'The customer was asked. The recipient sees nothing before they approve.', values: {} };
});

export const withdrawSharingAtDesk = formAction(oneSharing, async ({ actor, input, now }) => {
  await withdrawSharing({ actor, now, sharingId: input.sharingId });
  refresh();
});
