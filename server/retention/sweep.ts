import { getDb, type Prisma } from '../db';
import { abandonStaleFile, staleFiles } from '../file/abandon-stale-file';
import { dueFiles, expireFile } from '../file/expire-file';
import { enqueueJob } from '../jobs/enqueue-job';
import { log } from '../logger';
import { dueOutputs, expireOutput } from './expire-output';
import { getRetentionPeriods } from './retention-periods';
import { shortenClock, tooLongClocks } from './shorten-clocks';
import { sweepAll, type TaskReport } from './sweep-all';

/** Ids that are read at a time, and that one sweep takes of each kind. */
const BATCH = 100;
const MOST = 5_000;
/** A stored file that nobody has read back by then is handed to the worker again. */
const UNREAD_AFTER_MS = 2 * 60 * 1000;

export type SweepReport = { readonly expired: number; readonly abandoned: number; readonly outputs: number; readonly shortened: number; readonly handedOn: number; readonly failed: number; readonly objects: number };
type Sweep = { readonly now: Date; readonly signal?: AbortSignal };

/**
 * The sweeper, each minute: brings clocks down to the periods in force, abandons uploads in which nothing happened for a day, expires what is due, files
 * and results alike, and hands files on whose reading back was lost with a worker. What fails is tried again with the next sweep. Each run leaves a row that the desk, health
 * and the policy page read (read-sweep-facts.ts). Safe to run many at once.
 */
export async function sweep({ now, signal }: Sweep): Promise<SweepReport> {
  const begun = performance.now();
  const { id } = await getDb().sweepRun.create({ data: { startedAt: now }, select: { id: true } });
  const report = await sweepEverything({ now, signal });
  const { expired, abandoned, outputs, objects, failed } = report;
  await getDb().sweepRun.update({ where: { id }, data: { endedAt: new Date(now.getTime() + Math.round(performance.now() - begun)), expired, abandoned, outputs, objects, failed } });
  if (expired + abandoned + outputs > 0) log('info', 'swept', { count: expired + abandoned + outputs });
  return report;
}

async function sweepEverything({ now, signal }: Sweep): Promise<SweepReport> {
  let objects = 0;
  const periods = await getRetentionPeriods();
  const run = (next: (except: readonly string[]) => Promise<readonly string[]>, work: (id: string) => Promise<boolean>) => sweepAll({ next, work, limit: MOST, signal });
  const reports: TaskReport[] = [
    await run(clockIds(tooLongClocks(periods)), (clockId) => shortenClock({ clockId, periods, now })),
    await run(fileIds(staleFiles(now, periods.raw_file)), (fileId) => abandonStaleFile({ fileId, now, rawDays: periods.raw_file })),
    await run(fileIds(dueFiles(now)), (fileId) => expireFile({ fileId, now, signal, onDeleted: (count) => (objects += count) })),
    await run(clockIds(dueOutputs(now)), (clockId) => expireOutput({ clockId, now })),
    await run(fileIds({ state: 'stored', stateAt: { lte: new Date(now.getTime() - UNREAD_AFTER_MS) } }), handOn),
  ];
  const [shortened = 0, abandoned = 0, expired = 0, outputs = 0, handedOn = 0] = reports.map(({ done }) => done);
  return { expired, abandoned, outputs, shortened, handedOn, objects, failed: reports.reduce((sum, { failed }) => sum + failed, 0) };
}

const fileIds = (where: Prisma.DiagnosticFileWhereInput) => async (except: readonly string[]) => {
  const rows = await getDb().diagnosticFile.findMany({ where: { AND: [where, { id: { notIn: [...except] } }] }, orderBy: [{ stateAt: 'asc' }, { id: 'asc' }], take: BATCH, select: { id: true } });
  return rows.map(({ id }) => id);
};

const clockIds = (where: Prisma.RetentionClockWhereInput) => async (except: readonly string[]) => {
  const rows = await getDb().retentionClock.findMany({ where: { AND: [where, { id: { notIn: [...except] } }] }, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }], take: BATCH, select: { id: true } });
  return rows.map(({ id }) => id);
};

async function handOn(fileId: string): Promise<boolean> {
  await getDb().$transaction((tx) => enqueueJob(tx, 'verify-file', { fileId }, { jobKey: `verify-file:${fileId}` }));
  return true;
}
