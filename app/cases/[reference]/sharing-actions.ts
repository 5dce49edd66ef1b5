'use server';

import { revalidatePath } from 'next/cache';
import { oneSharing } from '@/domain/sharing';
import { formAction } from '@/server/http/form-action';
import { approveSharing, refuseSharing } from '@/server/sharing/decide-sharing';
import { withdrawSharing } from '@/server/sharing/withdraw-sharing';

const refresh = () => revalidatePath('/cases', 'layout');

export const approve = formAction(oneSharing, async ({ actor, input, now }) => {
  await approveSharing({ actor, now, sharingId: input.sharingId });
  refresh();
});

export const refuse = formAction(oneSharing, async ({ actor, input, now }) => {
  await refuseSharing({ actor, now, sharingId: input.sharingId });
  refresh();
});

export const withdraw = formAction(oneSharing, async ({ actor, input, now }) => {
  await withdrawSharing({ actor, now, sharingId: input.sharingId });
  refresh();
});
