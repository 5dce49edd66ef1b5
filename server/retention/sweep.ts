import { getDb, type Prisma } from '../db';
import { abandonStaleFile, staleFiles } from '../file/abandon-stale-file';
import { dueFiles, expireFile } from '../file/expire-file';
import { enqueueJob } from '../jobs/enqueue-job';
import { log } from '../logger';

/** Files of each kind that one sweep takes; the next one, a minute later, goes on. */
const BATCH = 100;
/** A stored file that nobody has read back by then is handed to the worker again. */
const UNREAD_AFTER_MS = 2 * 60 * 1000;

export type SweepReport = { readonly expired: number; readonly abandoned: number; readonly handedOn: number; readonly failed: number };

/**
 * The sweeper, each minute: expires what is due, abandons uploads in which nothing happened for a day, and hands files on whose
 * reading back was lost with a worker. One file that fails does not keep the others waiting; it is tried again with the
 * next sweep. Safe to run many at once.
 */
export async function sweep({ now, signal }: { readonly now: Date; readonly signal?: AbortSignal }): Promise<SweepReport> {
  const due = await idsOf(dueFiles(now));
  const stale = await idsOf(staleFiles(now));
  const unread = await idsOf({ state: 'stored', stateAt: { lte: new Date(now.getTime() - UNREAD_AFTER_MS) } });
  const failures: string[] = [];
  const attempt = async (ids: readonly string[], work: (fileId: string) => Promise<boolean>): Promise<number> => {
    let done = 0;
    for (const fileId of ids) {
      if (signal?.aborted) break;
      try {
        if (await work(fileId)) done += 1;
      } catch (error) {
        failures.push(fileId);
        log('error', 'sweep-failed', { fileId, error });
      }
    }
    return done;
  };
  const abandoned = await attempt(stale, (fileId) => abandonStaleFile({ fileId, now }));
  const expired = await attempt(due, (fileId) => expireFile({ fileId, now, signal }));
  const handedOn = await attempt(unread, handOn);
  if (expired + abandoned > 0) log('info', 'swept', { count: expired + abandoned });
  return { expired, abandoned, handedOn, failed: failures.length };
}

async function idsOf(where: Prisma.DiagnosticFileWhereInput): Promise<string[]> {
  const rows = await getDb().diagnosticFile.findMany({ where, orderBy: { stateAt: 'asc' }, take: BATCH, select: { id: true } });
  return rows.map(({ id }) => id);
}

async function handOn(fileId: string): Promise<boolean> {
  await getDb().$transaction((tx) => enqueueJob(tx, 'verify-file', { fileId }, { jobKey: `verify-file:${fileId}` }));
  return true;
}
