import { getDb } from '../db';
import { enqueueJob } from '../jobs/enqueue-job';
import { log } from '../logger';
import { watchOrder } from './watch-order';

/** An order that is not done by then is handed to the worker again, whatever became of its job. */
const UNDONE_AFTER_MS = 60 * 1000;
/** Orders of each kind that one run takes; the next one, a minute later, goes on. */
const BATCH = 1000;

export type TendReport = { readonly handedOn: number; readonly watched: number; readonly failed: number };

/**
 * Each minute: hands orders that are not done to the worker again, and looks again where a URL issued before an order can still write. One order that
 * fails does not keep the others waiting. Safe to run many at once.
 */
export async function tendErasures({ now, signal }: { readonly now: Date; readonly signal?: AbortSignal }): Promise<TendReport> {
  const undone = await getDb().erasureOrder.findMany({ where: { state: { not: 'done' }, orderedAt: { lte: new Date(now.getTime() - UNDONE_AFTER_MS) } }, orderBy: { orderedAt: 'asc' }, take: BATCH, select: { id: true } });
  for (const { id } of undone) await getDb().$transaction((tx) => enqueueJob(tx, 'erase', { orderId: id }, { jobKey: `erase:${id}` }));
  const open = await getDb().erasureOrder.findMany({ where: { state: 'done', watchEndedAt: null }, orderBy: { orderedAt: 'asc' }, take: BATCH, select: { id: true } });
  let failed = 0;
  for (const { id } of open) {
    if (signal?.aborted) break;
    try {
      await watchOrder({ orderId: id, now, signal });
    } catch (error) {
      if (signal?.aborted) break;
      failed += 1;
      log('error', 'erasure-watch-failed', { error });
    }
  }
  return { handedOn: undone.length, watched: open.length, failed };
}
