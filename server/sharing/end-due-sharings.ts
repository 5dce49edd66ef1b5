import { type SystemActor } from '@/domain/actor';
import { SHARING_OPEN } from '@/domain/sharing';
import { getDb, inTransaction } from '../db';
import { lockSharingForJob, moveSharing } from './move-sharing';
import { tellSharingOver } from './withdraw-sharing';

const BATCH = 100;
const ACTOR: SystemActor = { kind: 'system', name: 'end-access' };

/**
 * A job's part: records that the end date of a request or an approval has come, and tells those whom it concerns. It takes nothing away: the recipient's query
 * asks for the date itself. Safe to run many at once.
 */
export async function endDueSharings({ now }: { readonly now: Date }): Promise<number> {
  const due = { state: { in: [...SHARING_OPEN] }, endsAt: { lte: now } };
  const rows = await getDb().sharingRequest.findMany({ where: due, orderBy: { endsAt: 'asc' }, take: BATCH, select: { id: true } });
  let ended = 0;
  for (const { id } of rows) {
    const done = await inTransaction(async (tx) => {
      const sharing = await lockSharingForJob(tx, id);
      if (!sharing) return false;
      return moveSharing(tx, { actor: ACTOR, now, sharing, event: 'end', when: { endsAt: { lte: now } }, set: { endedBecause: 'date' }, data: { because: 'date' }, also: () => tellSharingOver(tx, sharing, { how: 'date', but: null }) });
    });
    if (done) ended += 1;
  }
  return ended;
}
