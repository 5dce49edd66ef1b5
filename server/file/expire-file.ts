import { type SystemActor } from '@/domain/actor';
import { HOUR_MS } from '@/domain/durations';
import { fileKeyPrefix } from '@/domain/file-name';
import { HELD_STATES } from '@/domain/file-states';
import { ABANDON_AFTER_HOURS } from '@/domain/limits';
import { RETENTION_DAYS, dueDate } from '@/domain/retention';
import { getDb, inTransaction, type Prisma, type Tx } from '../db';
import { withFileLock } from '../jobs/with-file-lock';
import { settleUnder } from '../reconcile/erase-unannounced';
import { deleteEveryVersion } from '../storage/delete-every-version';
import { getBucket, getS3 } from '../storage/s3-client';
import { type FileRow, loadFileForJob } from './load-file';
import { moveFile } from './move-file';
import { tellSender } from './tell-sender';

const SWEEPER: SystemActor = { kind: 'system', name: 'sweep' };

/**
 * The files that are due to be gone at `now`: those whose retention clock has run out, those whose deletion began before, whatever the time is said to
 * be now, and those that were abandoned a day ago, or were begun a week ago.
 */
export function dueFiles(now: Date): Prisma.DiagnosticFileWhereInput {
  return {
    OR: [
      { state: { in: [...HELD_STATES] }, clock: { subject: 'raw_file', endedAt: null, OR: [{ dueAt: { lte: now } }, { deletionBegunAt: { not: null } }] } },
      abandonedFiles(now),
    ],
  };
}

/** Uploads that were given up a day before `now`, or were begun a week before it: what was sent of them is raw data that is due to be gone (P-RAW-7). */
export function abandonedFiles(now: Date): Prisma.DiagnosticFileWhereInput {
  const since = new Date(now.getTime() - ABANDON_AFTER_HOURS * HOUR_MS);
  return { state: 'abandoned', OR: [{ stateAt: { lte: since } }, { reservedAt: { lte: dueDate(now, -RETENTION_DAYS.raw_file) } }] };
}

type ExpireFile = { readonly fileId: string; readonly now: Date; readonly signal?: AbortSignal; /** Hears how many versions and delete markers were deleted. */ readonly onDeleted?: (objects: number) => void };

/**
 * Deletes every version of every object of a file that is due, sees in a listing that nothing is left, and only then says
 * *expired*: the row that stays has neither file name nor keys (P-RAW-7). Whether the file is due is asked under the file's lock; that its deletion begins is
 * written before it does, so that nothing moves its clock from then on. Killed anywhere and run again it ends the same.
 * @returns true where this call made the file expired
 */
export async function expireFile({ fileId, now, signal, onDeleted }: ExpireFile): Promise<boolean> {
  const expired = await withFileLock(fileId, async () => {
    await beginDeletion(fileId, now);
    const ready: Prisma.DiagnosticFileWhereInput = { OR: [{ clock: { endedAt: null, deletionBegunAt: { not: null } } }, abandonedFiles(now)] };
    const due = await getDb().diagnosticFile.findFirst({ where: { AND: [{ id: fileId }, ready] }, select: { id: true, segments: { select: { objectKey: true } } } });
    const file = due && (await loadFileForJob(getDb(), due.id));
    if (!file) return false;
    const prefix = fileKeyPrefix({ reference: file.case.reference, fileId: file.id });
    const { deleted } = await deleteEveryVersion({ s3: getS3(), bucket: getBucket(), prefix, knownKeys: due.segments.map(({ objectKey }) => objectKey), signal });
    onDeleted?.(deleted);
    await settleUnder({ prefix, now });
    return inTransaction((tx) => recordExpired(tx, file, { now, objects: deleted, ready }));
  });
  return expired ?? false;
}

/** One conditional update: an extension that takes effect at the same moment either comes first, and the file is not due, or not at all. */
async function beginDeletion(fileId: string, now: Date): Promise<void> {
  await getDb().retentionClock.updateMany({ where: { fileId, subject: 'raw_file', endedAt: null, deletionBegunAt: null, dueAt: { lte: now }, file: { state: { in: [...HELD_STATES] } } }, data: { deletionBegunAt: now } });
}

async function recordExpired(tx: Tx, file: FileRow, { now, objects, ready }: { readonly now: Date; readonly objects: number; readonly ready: Prisma.DiagnosticFileWhereInput }): Promise<boolean> {
  const hadClock = file.state !== 'abandoned';
  return moveFile(tx, {
    actor: SWEEPER,
    now,
    file,
    event: 'expire',
    when: ready,
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
  await tx.retentionExtension.updateMany({ where: { clock: { fileId: file.id }, state: 'proposed' }, data: { state: 'lapsed', endedAt: now } });
  if (hadClock) await tellSender(tx, file, { kind: 'file_expired' });
}
