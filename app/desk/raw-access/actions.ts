'use server';

import { revalidatePath } from 'next/cache';
import { askForRawAccessInput, oneGrant, oneGrantFile } from '@/domain/raw-access';
import { formAction } from '@/server/http/form-action';
import { askForRawAccess } from '@/server/raw-access/ask-for-raw-access';
import { claimRawRead } from '@/server/raw-access/claim-raw-read';
import { grantRawAccess, refuseRawAccess, revokeRawAccess } from '@/server/raw-access/decide-raw-access';

const refresh = () => revalidatePath('/desk', 'layout');

export const ask = formAction(askForRawAccessInput, async ({ actor, input, now }) => {
  await askForRawAccess({ actor, now, ...input });
  return { redirectTo: '/desk/raw-access' };
});

export const grant = formAction(oneGrant, async ({ actor, input, now }) => {
  await grantRawAccess({ actor, now, grantId: input.grantId });
  refresh();
});

export const refuseGrant = formAction(oneGrant, async ({ actor, input, now }) => {
  await refuseRawAccess({ actor, now, grantId: input.grantId });
  refresh();
});

export const revoke = formAction(oneGrant, async ({ actor, input, now }) => {
  await revokeRawAccess({ actor, now, grantId: input.grantId });
  refresh();
});

/** Nothing is refreshed: the page goes on to the bytes at once. */
export const claimRead = formAction(oneGrantFile, async ({ actor, input, now }) => {
  await claimRawRead({ actor, now, ...input });
});
