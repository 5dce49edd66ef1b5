'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { isAppError } from '@/domain/errors';
import { formAction } from '@/server/http/form-action';
import { discardNdaDraft } from '@/server/nda-template/discard-nda-draft';
import { makeDraftInput, makeNdaDraft } from '@/server/nda-template/make-nda-draft';
import { endDraftInput, publishDraftInput, saveDraftInput } from '@/server/nda-template/nda-draft';
import { publishNdaDraft } from '@/server/nda-template/publish-nda-draft';
import { saveNdaDraft } from '@/server/nda-template/save-nda-draft';
import { approvalInput, giveStandingApproval, revokeStandingApproval } from '@/server/nda/standing-approval';

export const giveApproval = formAction(approvalInput, async ({ actor, input, now }) => {
  await giveStandingApproval({ actor, now, ...input });
  revalidatePath('/desk/nda-settings');
});

export const revokeApproval = formAction(z.strictObject({}), async ({ actor, now }) => {
  await revokeStandingApproval({ actor, now });
  revalidatePath('/desk/nda-settings');
});

export const makeDraft = formAction(makeDraftInput, async ({ actor, input, now }) => {
  const { draftId } = await makeNdaDraft({ actor, now, ...input });
  return { redirectTo: `/desk/nda-settings/drafts/${draftId}` };
});

export const saveDraft = formAction(saveDraftInput, async ({ actor, input, now }) => {
  const refresh = () => revalidatePath(`/desk/nda-settings/drafts/${input.draftId}`);
  try {
    const { revision } = await saveNdaDraft({ actor, now, ...input });
    refresh();
    return { message: `Saved as revision ${revision}.` };
  } catch (error) {
    // The page then compares with what was saved meanwhile. A draft that is gone has no page: what was typed has to stay on this one.
    if (isAppError(error) && error.code === 'conflict') refresh();
    throw error;
  }
});

export const publishDraft = formAction(publishDraftInput, async ({ actor, input, now }) => {
  const { version } = await publishNdaDraft({ actor, now, ...input });
  return { redirectTo: `/desk/nda-settings/${version}` };
});

export const discardDraft = formAction(endDraftInput, async ({ actor, input, now }) => {
  await discardNdaDraft({ actor, now, ...input });
  return { redirectTo: '/desk/nda-settings' };
});
