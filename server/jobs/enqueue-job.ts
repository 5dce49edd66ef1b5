import { type Tx } from '../db';
import { JOB_PAYLOADS, type JobName, type JobPayload } from './job-table';

/** Repeats of a failing job, with exponential backoff; the sweeper takes up what remains undone after them. */
const MAX_ATTEMPTS = 25;

export type EnqueueOptions = {
  /** A waiting job with the same key is replaced, so that the same work waits once. */
  readonly jobKey?: string;
  readonly runAt?: Date;
};

/** Adds a job to the queue within `tx`: it exists exactly if the transaction commits (graphile-worker's `add_job`). */
export async function enqueueJob<Name extends JobName>(tx: Tx, name: Name, payload: JobPayload<Name>, { jobKey, runAt }: EnqueueOptions = {}): Promise<void> {
  const body = JSON.stringify(JOB_PAYLOADS[name].parse(payload));
  await tx.$executeRaw`
    select graphile_worker.add_job(
      ${name}::text, payload := ${body}::json, job_key := ${jobKey ?? null}::text,
      run_at := ${runAt ?? null}::timestamptz, max_attempts := ${MAX_ATTEMPTS}::int
    )`;
}
