import { type SystemActor } from '@/domain/actor';
import { fileKeyPrefix } from '@/domain/file-name';
import { type FileState } from '@/domain/file-states';
import { ABANDON_AFTER_HOURS } from '@/domain/limits';
import { getDb, inTransaction, type Prisma, type Tx } from '../db';
import { withFileLock } from '../jobs/with-file-lock';
import { deleteEveryVersion } from '../storage/delete-every-version';
import { getBucket, getS3 } from '../storage/s3-client';
import { type FileRow, loadFileForJob } from './load-file';
import { moveFile } from './move-file';
import { tellSender } from './tell-sender';

const SWEEPER: SystemActor = { kind: 'system', name: 'sweep' };
const HOUR_MS = 60 * 60 * 1000;
const HELD: readonly FileState[] = ['stored', 'verified', 'analysed', 'quarantined'];

/** The files that are due to be gone at `now`: those whose retention clock has run out, and those that were abandoned a day ago. */
export function dueFiles(now: Date): Prisma.DiagnosticFileWhereInput {
  return {
    OR: [
      { state: { in: [...HELD] }, clock: { subject: 'raw_file', endedAt: null, dueAt: { lte: now } } },
      { state: 'abandoned', stateAt: { lte: new Date(now.getTime() - ABANDON_AFTER_HOURS * HOUR_MS) } },
    ],
  };
}

/**
 * Deletes every version of every object of a file that is due, sees in a listing that nothing is left, and only then says
 * *expired*: the row that stays has neither file name nor keys (P-RAW-7). Whether the file is due is asked again under the
 * file's lock and once more when it is recorded. Killed anywhere and run again it ends the same.
 * @returns true where this call made the file expired
 */
export async function expireFile({ fileId, now, signal }: { readonly fileId: string; readonly now: Date; readonly signal?: AbortSignal }): Promise<boolean> {
  const expired = await withFileLock(fileId, async () => {
    const due = await getDb().diagnosticFile.findFirst({ where: { AND: [{ id: fileId }, dueFiles(now)] }, select: { id: true } });
    const file = due && (await loadFileForJob(getDb(), due.id));
    if (!file) return false;
    const { deleted } = await deleteEveryVersion({ s3: getS3(), bucket: getBucket(), prefix: fileKeyPrefix({ reference: file.case.reference, fileId: file.id }), signal });
    return inTransaction((tx) => recordExpired(tx, file, now, deleted));
  });
  return expired ?? false;
}

async function recordExpired(tx: Tx, file: FileRow, now: Date, objects: number): Promise<boolean> {
  const hadClock = file.state !== 'abandoned';
  return moveFile(tx, {
    actor: SWEEPER,
    now,
    file,
    event: 'expire',
    when: dueFiles(now),
    set: { name: null, safeName: null },
    data: { objects },
    also: () => leaveTombstone(tx, file, now, hadClock),
    then: hadClock ? [{ type: 'clock.ended' }] : [],
  });
}

/** Keys hold a part of the file's name: they go with it. What the receipt needs stays. */
async function leaveTombstone(tx: Tx, file: FileRow, now: Date, hadClock: boolean): Promise<void> {
  await tx.$executeRaw`update "Segment" set "objectKey" = "fileId" || '/' || "index" where "fileId" = ${file.id}::uuid`;
  await tx.segmentAttempt.deleteMany({ where: { segment: { fileId: file.id } } });
  await tx.retentionClock.updateMany({ where: { fileId: file.id, endedAt: null }, data: { endedAt: now } });
  if (hadClock) await tellSender(tx, file, { kind: 'file_expired' });
}
