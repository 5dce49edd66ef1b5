import { type Tx } from '../db';

export type EnqueueOptions = {
  /**
   * A job that waits under the same key is replaced. The key's row stays locked until `tx` ends: leave it out where many
   * transactions enqueue the same thing.
   */
  readonly jobKey?: string;
  readonly runAt?: Date;
  readonly maxAttempts?: number;
};

/**
 * Adds a job in the transaction of what it follows from: it runs if and only if that commits (graphile-worker, `add_job`).
 * The schema `graphile_worker` is installed with the migrations.
 */
export async function enqueueJob(tx: Tx, name: string, payload: Readonly<Record<string, unknown>>, options: EnqueueOptions = {}): Promise<void> {
  const { jobKey = null, runAt = null, maxAttempts = null } = options;
  await tx.$queryRaw`select id from graphile_worker.add_job(${name}::text, payload := ${JSON.stringify(payload)}::json, job_key := ${jobKey}::text, run_at := ${runAt}::timestamptz, max_attempts := ${maxAttempts}::integer)`;
}
