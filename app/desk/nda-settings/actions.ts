'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { formAction } from '@/server/http/form-action';
import { approvalInput, giveStandingApproval, revokeStandingApproval } from '@/server/nda/standing-approval';

export const giveApproval = formAction(approvalInput, async ({ actor, input, now }) => {
  await giveStandingApproval({ actor, now, ...input });
  revalidatePath('/desk/nda-settings');
});

export const revokeApproval = formAction(z.strictObject({}), async ({ actor, now }) => {
  await revokeStandingApproval({ actor, now });
  revalidatePath('/desk/nda-settings');
});
