import { isAppError } from '@/domain/errors';
import { log } from '../logger';

/** At the same time: storage is waited for, not computed. */
const LANES = 4;
/** One after another: then the storage, or the database, does not answer at all, and the rest would fail as well. */
const HOPELESS = 8;

export type SweepTask = {
  /** Ids that are due, oldest first, without `except`. */
  readonly next: (except: readonly string[]) => Promise<readonly string[]>;
  /** True where this call did it. */
  readonly work: (id: string) => Promise<boolean>;
  /** Ids that one sweep takes at most; the next one, a minute later, goes on. */
  readonly limit: number;
  readonly signal?: AbortSignal;
};
export type TaskReport = { readonly done: number; readonly failed: number };

/**
 * Works through what is due until nothing is left. One that fails, or that somebody else holds, is not tried again in this sweep and does not keep the others
 * waiting; several failures in a row end it. A batch is taken in any order, so that the same few that always fail do not end each sweep.
 */
export async function sweepAll({ next, work, limit, signal }: SweepTask): Promise<TaskReport> {
  const tried: string[] = [];
  let [done, failed, inARow] = [0, 0, 0];
  const isOver = () => signal?.aborted === true || inARow >= HOPELESS;
  const attempt = async (id: string) => {
    try {
      if (await work(id)) done += 1;
      inARow = 0;
    } catch (error) {
      if (signal?.aborted) return;
      failed += 1;
      inARow += 1;
      log('error', 'sweep-failed', { fileId: id, error, ...(isAppError(error) ? { code: error.code } : {}) });
    }
  };
  while (tried.length < limit && !isOver()) {
    const batch = shuffled(await next(tried));
    if (batch.length === 0) break;
    tried.push(...batch);
    await Promise.all(Array.from({ length: LANES }, async () => {
      for (let id = batch.shift(); id !== undefined && !isOver(); id = batch.shift()) await attempt(id);
    }));
  }
  return { done, failed };
}

function shuffled(ids: readonly string[]): string[] {
  return ids.map((id) => ({ id, at: Math.random() })).sort((one, other) => one.at - other.at).map(({ id }) => id);
}
