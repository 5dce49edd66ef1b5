import { type SystemActor } from '@/domain/actor';
import { DAY_MS, HOUR_MS } from '@/domain/durations';
import { ABANDON_AFTER_HOURS } from '@/domain/limits';
import { RETENTION_DAYS } from '@/domain/retention';
import { getDb, inTransaction, type Prisma } from '../db';
import { enqueueDeletion } from './abandon-file';
import { loadFileForJob } from './load-file';
import { moveFile } from './move-file';
import { tellSender } from './tell-sender';

const SWEEPER: SystemActor = { kind: 'system', name: 'sweep' };

/**
 * Unfinished uploads in which nothing happened for a day: no URL was asked for and no segment arrived. Also those that were
 * begun `rawDays` ago, a week at most, whatever happened since: what is stored of them is raw data too (P-RAW-7), and no clock of their own runs.
 */
export function staleFiles(now: Date, rawDays: number = RETENTION_DAYS.raw_file): Prisma.DiagnosticFileWhereInput {
  const since = new Date(now.getTime() - ABANDON_AFTER_HOURS * HOUR_MS);
  return {
    state: { in: ['reserved', 'uploading'] },
    OR: [
      { stateAt: { lte: since }, segments: { none: { OR: [{ storedAt: { gt: since } }, { attempts: { some: { issuedAt: { gt: since } } } }] } } },
      { reservedAt: { lte: new Date(now.getTime() - rawDays * DAY_MS) } },
    ],
  };
}

/** Abandons an upload that is stale, tells its sender, and has its objects deleted. False where it is not stale any more. */
export async function abandonStaleFile({ fileId, now, rawDays }: { readonly fileId: string; readonly now: Date; readonly rawDays?: number }): Promise<boolean> {
  const file = await loadFileForJob(getDb(), fileId);
  if (!file) return false;
  return inTransaction((tx) =>
    moveFile(tx, {
      actor: SWEEPER,
      now,
      file,
      event: 'abandon',
      when: staleFiles(now, rawDays),
      data: { why: 'inactive' },
      also: async () => {
        await enqueueDeletion(tx, fileId, now);
        await tellSender(tx, file, { kind: 'file_abandoned' });
      },
    }),
  );
}
