import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { type Health, type PartHealth } from '@/domain/health';
import { retentionProblems } from '@/domain/retention';
import { getDb } from '../db';
import { log } from '../logger';
import { lastLook } from '../reconcile/storage-look';
import { readSweepFacts } from '../retention/read-sweep-facts';
import { getBucket, getS3 } from '../storage/s3-client';
import { checkMigrations } from './check-migrations';
import { readVersion } from './read-version';

/** A part that does not answer by then is failing. */
const PATIENCE_MS = 4_000;

async function check(part: string, work: (signal: AbortSignal) => Promise<unknown>): Promise<PartHealth> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const late = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('late')), { once: true }));
  try {
    await Promise.race([work(signal), late]);
    return 'ok';
  } catch (error) {
    log('warn', 'health-part-failing', { state: part, error });
    return 'failing';
  }
}

async function lookAtEverything(): Promise<Health> {
  const [database, storage, migrations] = await Promise.all([
    check('database', () => getDb().$queryRaw`select 1`),
    check('storage', (signal) => getS3().send(new HeadBucketCommand({ Bucket: getBucket() }), { abortSignal: signal })),
    check('migrations', checkMigrations),
  ]);
  const isReadable = database === 'ok' && migrations === 'ok';
  const [seen, compared, retention, audit] = isReadable ? await Promise.all([lastBeat(), lastLook(), lookAtRetention(new Date()), lookAtAudit()]) : [null, null, UNKNOWN_RETENTION, UNKNOWN_AUDIT];
  const status = [database, storage, migrations].every((part) => part === 'ok') ? 'ok' : 'failing';
  return { status, version: readVersion(), database, storage, migrations, worker: { seen }, reconciler: { seen: compared?.endedAt.toISOString() ?? null }, retention, audit };
}

/** Where the database does not answer nobody knows whether dates are kept, or whether the audit log holds. */
const UNKNOWN_RETENTION: Health['retention'] = { state: 'failing', swept: null, overdue: 0 };
const UNKNOWN_AUDIT: Health['audit'] = { state: 'failing', checked: null };

async function lookAtRetention(now: Date): Promise<Health['retention']> {
  const facts = await readSweepFacts({ now });
  const problems = retentionProblems(facts, now);
  return { state: problems.length === 0 ? 'ok' : 'failing', swept: facts.sweptAt?.toISOString() ?? null, overdue: facts.overdue };
}

async function lookAtAudit(): Promise<Health['audit']> {
  const last = await getDb().auditCheck.findFirst({ orderBy: { at: 'desc' }, select: { at: true, isIntact: true } });
  return { state: last?.isIntact === false ? 'failing' : 'ok', checked: last?.at.toISOString() ?? null };
}

async function lastBeat(): Promise<string | null> {
  const latest = await getDb().workerHeartbeat.findFirst({ orderBy: { seenAt: 'desc' }, select: { seenAt: true } });
  return latest?.seenAt.toISOString() ?? null;
}

let underWay: Promise<Health> | undefined;

/** Looks at the parts that the portal stands on. Those who ask at the same time share one look: asking costs nothing. */
export function checkHealth(): Promise<Health> {
  underWay ??= lookAtEverything().finally(() => {
    underWay = undefined;
  });
  return underWay;
}
