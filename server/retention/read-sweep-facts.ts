import { MINUTE_MS, minutesBefore } from '@/domain/durations';
import { FAILURES_IN_A_ROW, OVERDUE_MINUTES, retentionProblems, SILENT_MINUTES, type SweepFacts } from '@/domain/retention';
import { getDb, type Prisma } from '../db';
import { lateOrders } from '../erasure/late-orders';
import { dueFiles } from '../file/expire-file';

/** A worker that was not heard for this long is not running. */
const WORKER_SILENT_MS = MINUTE_MS;

/** When a sweep may have begun, as far as the clocks of several machines agree, and when none can have. One of the second kind must not be taken for the last. */
export function sweepTimes(now: Date): { readonly past: { readonly lte: Date }; readonly ahead: { readonly gt: Date } } {
  const latest = minutesBefore(now, -SILENT_MINUTES);
  return { past: { lte: latest }, ahead: { gt: latest } };
}

/** Whether dates are kept: what the sweeper did last, and what it should have done by now. */
export async function readSweepFacts({ now }: { readonly now: Date }): Promise<SweepFacts> {
  const db = getDb();
  const { past, ahead } = sweepTimes(now);
  const overdueAt = new Date(now.getTime() - OVERDUE_MINUTES * MINUTE_MS);
  const late: Prisma.RetentionClockWhereInput = { endedAt: null, dueAt: { lt: overdueAt } };
  const [runs, worker, overdueClocks, overdueUploads, held, lateErasures, inFuture] = await Promise.all([
    db.sweepRun.findMany({ where: { startedAt: past, endedAt: { not: null } }, orderBy: { startedAt: 'desc' }, take: 10 * FAILURES_IN_A_ROW, select: { endedAt: true, failed: true } }),
    db.workerHeartbeat.findFirst({ where: { seenAt: { gte: new Date(now.getTime() - WORKER_SILENT_MS) } }, orderBy: { startedAt: 'desc' }, select: { startedAt: true } }),
    db.retentionClock.aggregate({ where: late, _count: true, _min: { dueAt: true } }),
    db.diagnosticFile.count({ where: { AND: [{ state: 'abandoned' }, dueFiles(overdueAt)] } }),
    db.retentionClock.findFirst({ where: { endedAt: null }, select: { id: true } }),
    db.erasureOrder.count({ where: lateOrders(now) }),
    db.sweepRun.findFirst({ where: { startedAt: ahead }, orderBy: { startedAt: 'desc' }, select: { startedAt: true } }),
  ]);
  const firstGood = runs.findIndex(({ failed }) => failed === 0);
  return {
    sweptAt: runs[0]?.endedAt ?? null,
    workerSince: worker?.startedAt ?? null,
    overdue: overdueClocks._count + overdueUploads,
    oldestDueAt: overdueClocks._min.dueAt,
    failuresInARow: firstGood === -1 ? runs.length : firstGood,
    isAnythingHeld: held !== null,
    lateErasures,
    sweptAheadAt: inFuture?.startedAt ?? null,
  };
}

/** What is wrong with keeping the dates, as sentences for staff; empty where nothing is. */
export async function getRetentionProblems({ now }: { readonly now: Date }): Promise<string[]> {
  return retentionProblems(await readSweepFacts({ now }), now);
}
