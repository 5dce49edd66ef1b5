import { getDb } from '../db';
import { pruneIdentity } from '../session/prune-identity';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A job: removes rows that nothing needs any more, among them the heartbeats of workers that ended without a word. */
export async function prune({ now }: { readonly now: Date }): Promise<{ removed: number }> {
  const { count } = await getDb().workerHeartbeat.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - DAY_MS) } } });
  const { removed } = await pruneIdentity({ now });
  return { removed: removed + count };
}
