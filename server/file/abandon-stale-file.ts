import { type SystemActor } from '@/domain/actor';
import { ABANDON_AFTER_HOURS } from '@/domain/limits';
import { getDb, inTransaction, type Prisma } from '../db';
import { enqueueDeletion } from './abandon-file';
import { loadFileForJob } from './load-file';
import { moveFile } from './move-file';
import { tellSender } from './tell-sender';

const SWEEPER: SystemActor = { kind: 'system', name: 'sweep' };
const HOUR_MS = 60 * 60 * 1000;

/** Unfinished uploads in which nothing happened for a day: no URL was asked for and no segment arrived. */
export function staleFiles(now: Date): Prisma.DiagnosticFileWhereInput {
  const since = new Date(now.getTime() - ABANDON_AFTER_HOURS * HOUR_MS);
  return {
    state: { in: ['reserved', 'uploading'] },
    stateAt: { lte: since },
    segments: { none: { OR: [{ storedAt: { gt: since } }, { attempts: { some: { issuedAt: { gt: since } } } }] } },
  };
}

/** Abandons an upload that is stale, tells its sender, and has its objects deleted. False where it is not stale any more. */
export async function abandonStaleFile({ fileId, now }: { readonly fileId: string; readonly now: Date }): Promise<boolean> {
  const file = await loadFileForJob(getDb(), fileId);
  if (!file) return false;
  return inTransaction((tx) =>
    moveFile(tx, {
      actor: SWEEPER,
      now,
      file,
      event: 'abandon',
      when: staleFiles(now),
      data: { why: 'inactive' },
      also: async () => {
        await enqueueDeletion(tx, fileId, now);
        await tellSender(tx, file, { kind: 'file_abandoned' });
      },
    }),
  );
}
