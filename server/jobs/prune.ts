import { DAY_MS } from '@/domain/durations';
import { getDb } from '../db';
import { pruneStorage } from '../reconcile/prune-storage';
import { pruneIdentity } from '../session/prune-identity';

/** What sweeps did stays readable this long; one runs each minute. */
const KEPT_SWEEPS_DAYS = 30;

/** A job: removes rows that nothing needs any more, among them the heartbeats of workers that ended without a word. */
export async function prune({ now }: { readonly now: Date }): Promise<{ removed: number }> {
  const { count } = await getDb().workerHeartbeat.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - DAY_MS) } } });
  const { removed } = await pruneIdentity({ now });
  const storage = await pruneStorage({ now });
  const sweeps = await getDb().sweepRun.deleteMany({ where: { startedAt: { lt: new Date(now.getTime() - KEPT_SWEEPS_DAYS * DAY_MS) } } });
  return { removed: removed + storage.removed + sweeps.count + count };
}
