import { type UserActor } from '@/domain/actor';
import { HOUR_MS } from '@/domain/durations';
import { type Tx } from '../db';
import { concernedCustomers } from '../notice/concerned-customers';
import { queueNotice } from '../notice/queue-notice';
import { type GrantRow, moveGrant, READABLE_FILE } from './move-grant';

/**
 * Opens a grant for its hours and tells the customer, by mail and in the portal, in one transaction. No byte can be read before one of these notices was handed
 * to mail (server/raw-access/open-raw-read.ts). False where the grant is not waiting any more, or nothing of it can be read.
 */
export async function grantIn(tx: Tx, { actor, now, grant }: { readonly actor: UserActor; readonly now: Date; readonly grant: GrantRow }): Promise<boolean> {
  const files = await tx.rawAccessGrantFile.findMany({ where: { grantId: grant.id, file: READABLE_FILE }, select: { fileId: true } });
  if (files.length === 0) return false;
  const endsAt = new Date(now.getTime() + grant.hours * HOUR_MS);
  const customers = await concernedCustomers(tx, { caseRow: grant.case, fileIds: files.map(({ fileId }) => fileId) });
  const { reason } = await tx.rawAccessGrant.findUniqueOrThrow({ where: { id: grant.id }, select: { reason: true } });
  return moveGrant(tx, {
    actor,
    now,
    grant,
    event: 'grant',
    set: { approvedById: actor.userId, approvedAt: now, endsAt },
    data: { hours: grant.hours, files: files.length, secondPerson: actor.userId !== grant.askedById },
    also: async () => {
      for (const userId of customers) {
        await queueNotice(tx, { kind: 'raw_access_granted', userId, caseId: grant.caseId, data: { reference: grant.case.reference, grantId: grant.id, reason, files: files.length, endsAt: endsAt.toISOString() } });
      }
      if (actor.userId !== grant.askedById) await queueNotice(tx, { kind: 'raw_access_decided', userId: grant.askedById, caseId: grant.caseId, data: { reference: grant.case.reference, isGranted: true } });
    },
  });
}
