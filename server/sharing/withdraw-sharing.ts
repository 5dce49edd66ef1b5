import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { may } from '@/domain/permissions';
import { inTransaction, type Tx } from '../db';
import { requireUser } from '../http/require-permission';
import { concernedCustomers } from '../notice/concerned-customers';
import { queueNotice } from '../notice/queue-notice';
import { lockSharing, moveSharing, type SharingRow } from './move-sharing';

/** Tells those who did not do it themselves that a request or an approval is over. */
export async function tellSharingOver(tx: Tx, sharing: SharingRow, { how, but }: { readonly how: 'withdrawn' | 'date'; readonly but: string | null }): Promise<void> {
  const files = await tx.sharingRequestFile.findMany({ where: { sharingRequestId: sharing.id }, select: { fileId: true } });
  const customers = await concernedCustomers(tx, { caseRow: sharing.case, fileIds: files.map(({ fileId }) => fileId) });
  for (const userId of new Set([sharing.askedById, ...customers])) {
    if (userId !== but) await queueNotice(tx, { kind: 'sharing_over', userId, caseId: sharing.caseId, data: { reference: sharing.case.reference, how } });
  }
  if (sharing.recipientUserId) await queueNotice(tx, { kind: 'shared_ended', userId: sharing.recipientUserId, data: { how } });
}

/**
 * Takes a request or an approval back, at any time, by any customer of the organization or by support; from the end of this call the recipient sees nothing of
 * it. Repeating it changes nothing. Throws `not_found`, `sharing_wrong_state` where it was refused or has ended.
 */
export async function withdrawSharing({ actor, now, sharingId }: { readonly actor: Actor; readonly now: Date; readonly sharingId: string }): Promise<void> {
  const bySupport = may(actor, 'sharing:ask');
  requireUser(actor, bySupport ? 'sharing:ask' : 'sharing:decide');
  await inTransaction(async (tx) => {
    const sharing = await lockSharing(tx, actor, sharingId);
    if (sharing.state === 'withdrawn') return;
    const because = bySupport ? 'support' : 'customer';
    const done = await moveSharing(tx, { actor, now, sharing, event: 'withdraw', set: { endedBecause: because }, data: { because }, also: () => tellSharingOver(tx, sharing, { how: 'withdrawn', but: actor.userId }) });
    if (!done) throw new AppError('sharing_wrong_state');
  });
}
