import { type SystemActor } from '@/domain/actor';
import { HOUR_MS } from '@/domain/durations';
import { RAW_REQUEST_HOURS } from '@/domain/raw-access';
import { getDb, inTransaction, type Prisma } from '../db';
import { grantColumns, moveGrant } from './move-grant';

const BATCH = 100;
const ACTOR: SystemActor = { kind: 'system', name: 'end-access' };

/** Grants whose hours are over, and requests that nobody decided in a day. */
function overAt(now: Date): Prisma.RawAccessGrantWhereInput {
  const lapsed = new Date(now.getTime() - RAW_REQUEST_HOURS * HOUR_MS);
  return { OR: [{ state: 'granted', endsAt: { lte: now } }, { state: 'asked', createdAt: { lte: lapsed } }] };
}

/** A job's part: records that the time of a grant or a request has come. It takes nothing away: each read asks for the time itself. Safe to run many at once. */
export async function endDueGrants({ now }: { readonly now: Date }): Promise<number> {
  const rows = await getDb().rawAccessGrant.findMany({ where: overAt(now), take: BATCH, select: grantColumns });
  let ended = 0;
  for (const grant of rows) {
    if (await inTransaction((tx) => moveGrant(tx, { actor: ACTOR, now, grant, event: 'end', when: overAt(now), set: { endedBecause: 'time' }, data: { because: 'time' } }))) ended += 1;
  }
  return ended;
}
