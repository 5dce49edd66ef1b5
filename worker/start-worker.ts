import { randomUUID } from 'node:crypto';
import { parseCronItems, run, type TaskList } from 'graphile-worker';
import { beat, BEAT_MS, stopBeating } from '@/server/jobs/beat';
import { JOB_PAYLOADS, type JobName } from '@/server/jobs/job-table';
import { runJob } from '@/server/jobs/run-job';
import { EnvironmentError, getEnv } from '@/server/env';
import { log } from '@/server/logger';
import { graphileLogger } from './graphile-logger';

/** Jobs at the same time: reading back is bound by the processor, the rest waits for others. */
const CONCURRENCY = 3;
/** A job that does not stop by then is let go; the queue gives it to another worker. */
const SHUTDOWN_MS = 5_000;

export type RunningWorker = { readonly stop: () => Promise<void>; readonly ended: Promise<void> };

/** The sweep and the look at erasures run each minute, mail that is to be repeated is looked for each minute, agreements that wait are looked at each ten minutes, so is the bucket compared with the ledger, the audit log is anchored and logs are archived each hour where that is due, pruning runs each night. */
const CRON = parseCronItems([
  { task: 'sweep', match: '* * * * *', identifier: 'sweep', options: { jobKey: 'sweep', maxAttempts: 1, backfillPeriod: 0 } },
  { task: 'tend-erasures', match: '* * * * *', identifier: 'tend-erasures', options: { jobKey: 'tend-erasures', maxAttempts: 1, backfillPeriod: 0 } },
  { task: 'end-access', match: '* * * * *', identifier: 'end-access', options: { jobKey: 'end-access', maxAttempts: 1, backfillPeriod: 0 } },
  { task: 'send-notices', match: '* * * * *', identifier: 'send-notices', options: { jobKey: 'send-notices-again', maxAttempts: 1, backfillPeriod: 0 } },
  { task: 'nda-clock', match: '*/10 * * * *', identifier: 'nda-clock', options: { jobKey: 'nda-clock', maxAttempts: 1, backfillPeriod: 0 } },
  { task: 'anchor-audit', match: '7 * * * *', identifier: 'anchor-audit', options: { jobKey: 'anchor-audit', maxAttempts: 1, backfillPeriod: 0 } },
  { task: 'archive-logs', match: '13 * * * *', identifier: 'archive-logs', options: { jobKey: 'archive-logs', maxAttempts: 1, backfillPeriod: 0 } },
  { task: 'reconcile', match: '4,14,24,34,44,54 * * * *', identifier: 'reconcile', options: { jobKey: 'reconcile', maxAttempts: 1, backfillPeriod: 0 } },
  { task: 'prune', match: '17 3 * * *', identifier: 'prune', options: { jobKey: 'prune', maxAttempts: 3, backfillPeriod: 0 } },
]);

/** Takes jobs from the queue until it is stopped. Throws where the environment is not right or the database does not answer. */
export async function startWorker(): Promise<RunningWorker> {
  const connectionString = getEnv().DATABASE_URL;
  if (!connectionString) throw new EnvironmentError(['DATABASE_URL is not set. `npm start` starts an embedded database in demo mode.']);
  const stopping = new AbortController();
  const taskList: TaskList = Object.fromEntries(
    (Object.keys(JOB_PAYLOADS) as JobName[]).map((name) => [name, (payload: unknown) => runLogged(name, payload, stopping.signal)]),
  );
  const runner = await run({ connectionString, taskList, parsedCronItems: CRON, concurrency: CONCURRENCY, noHandleSignals: true, logger: graphileLogger, gracefulShutdownAbortTimeout: SHUTDOWN_MS });
  const heart = startHeart();
  const stop = async () => {
    stopping.abort();
    await heart.stop();
    await runner.stop();
  };
  return { stop, ended: runner.promise };
}

async function runLogged(name: JobName, payload: unknown, signal: AbortSignal): Promise<void> {
  try {
    await runJob(name, payload, { now: new Date(), signal });
  } catch (error) {
    if (!signal.aborted) log('warn', 'job-failed', { job: name, error });
    throw new JobFailedError(error);
  }
}

/** What the queue keeps of a failure, in `last_error`: class and code. A message may quote an address or an object's key (P-LOGS). */
class JobFailedError extends Error {
  constructor(cause: unknown) {
    const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && /^[\w.-]{1,40}$/.test(cause.code) ? ` ${cause.code}` : '';
    super(`${cause instanceof Error ? cause.name.slice(0, 80) : 'unknown'}${code}`);
    this.name = 'JobFailedError';
  }
}

function startHeart(): { stop: () => Promise<void> } {
  const id = randomUUID();
  const startedAt = new Date();
  const once = () => beat({ id, startedAt, now: new Date() }).catch((error: unknown) => log('warn', 'heartbeat-failed', { error }));
  void once();
  const timer = setInterval(() => void once(), BEAT_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await stopBeating(id).catch(() => undefined);
    },
  };
}
