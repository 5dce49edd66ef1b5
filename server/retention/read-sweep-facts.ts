import { MINUTE_MS } from '@/domain/durations';
import { ERASURE_LATE_MINUTES } from '@/domain/erasure';
import { FAILURES_IN_A_ROW, OVERDUE_MINUTES, retentionProblems, type SweepFacts } from '@/domain/retention';
import { getDb, type Prisma } from '../db';
import { dueFiles } from '../file/expire-file';

/** A worker that was not heard for this long is not running. */
const WORKER_SILENT_MS = MINUTE_MS;

/** Whether dates are kept: what the sweeper did last, and what it should have done by now. */
export async function readSweepFacts({ now }: { readonly now: Date }): Promise<SweepFacts> {
  const db = getDb();
  const overdueAt = new Date(now.getTime() - OVERDUE_MINUTES * MINUTE_MS);
  const late: Prisma.RetentionClockWhereInput = { endedAt: null, dueAt: { lt: overdueAt } };
  const [runs, worker, overdueClocks, overdueUploads, held, lateErasures] = await Promise.all([
    db.sweepRun.findMany({ where: { endedAt: { not: null } }, orderBy: { startedAt: 'desc' }, take: 10 * FAILURES_IN_A_ROW, select: { endedAt: true, failed: true } }),
    db.workerHeartbeat.findFirst({ where: { seenAt: { gte: new Date(now.getTime() - WORKER_SILENT_MS) } }, orderBy: { startedAt: 'desc' }, select: { startedAt: true } }),
    db.retentionClock.aggregate({ where: late, _count: true, _min: { dueAt: true } }),
    db.diagnosticFile.count({ where: { AND: [{ state: 'abandoned' }, dueFiles(overdueAt)] } }),
    db.retentionClock.findFirst({ where: { endedAt: null }, select: { id: true } }),
    db.erasureOrder.count({ where: { state: { not: 'done' }, orderedAt: { lt: new Date(now.getTime() - ERASURE_LATE_MINUTES * MINUTE_MS) } } }),
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
  };
}

/** What is wrong with keeping the dates, as sentences for staff; empty where nothing is. */
export async function getRetentionProblems({ now }: { readonly now: Date }): Promise<string[]> {
  return retentionProblems(await readSweepFacts({ now }), now);
}
