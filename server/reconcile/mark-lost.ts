import { type SystemActor } from '@/domain/actor';
import { fileKeyPrefix } from '@/domain/file-name';
import { HELD_STATES } from '@/domain/file-states';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction, type Prisma, type Tx } from '../db';
import { type FileRow, loadFileForJob } from '../file/load-file';
import { tellSender } from '../file/tell-sender';
import { withFileLock } from '../jobs/with-file-lock';
import { listWholePrefix } from '../storage/list-bucket-page';
import { getBucket, getS3 } from '../storage/s3-client';
import { missingSegments } from './compare-page';

const RECONCILER: SystemActor = { kind: 'system', name: 'reconcile' };

export type LookAgain = { readonly fileId: string; readonly now: Date; readonly signal?: AbortSignal };

/** Held files that are marked as lost. */
export const LOST_FILES: Prisma.DiagnosticFileWhereInput = { state: { in: [...HELD_STATES] }, lostAt: { not: null } };

/** A file that is held and has to be whole: its time is not over, and its deletion has not begun. */
function heldFile(fileId: string, now: Date): Prisma.DiagnosticFileWhereInput {
  return { id: fileId, state: { in: [...HELD_STATES] }, erasureOrderedAt: null, clock: { endedAt: null, deletionBegunAt: null, dueAt: { gt: now } } };
}

/**
 * Looks again, under the file's lock, whether every segment of a held file is in storage as it was stored: the current version of its
 * key is the one that the portal saw. Sets the mark *lost*, or takes it back, each with its event and a notice to the sender.
 * The clock goes on: what is left of the file is erased on its date. Quiet where nothing changed, where the file is being erased, or
 * somebody else is at it.
 * @returns what was recorded
 */
export async function lookForLost({ fileId, now, signal }: LookAgain): Promise<'lost' | 'found' | null> {
  return withFileLock(fileId, async () => {
    const held = await getDb().diagnosticFile.findFirst({ where: heldFile(fileId, now), select: { id: true } });
    const file = held && (await loadFileForJob(getDb(), held.id));
    if (!file) return null;
    const missing = await countMissing(file, signal);
    return inTransaction((tx) => (missing > 0 ? recordLost(tx, file, now, missing) : recordFound(tx, file, now)));
  });
}

async function countMissing(file: FileRow, signal: AbortSignal | undefined): Promise<number> {
  const segments = await getDb().segment.findMany({ where: { fileId: file.id, state: 'stored' }, select: { fileId: true, objectKey: true, versionId: true } });
  const prefix = fileKeyPrefix({ reference: file.case.reference, fileId: file.id });
  return missingSegments(segments, await listWholePrefix({ s3: getS3(), bucket: getBucket(), prefix, signal })).length;
}

async function setMark(tx: Tx, file: FileRow, now: Date, isLost: boolean): Promise<boolean> {
  const { count } = await tx.diagnosticFile.updateMany({ where: { AND: [heldFile(file.id, now), { lostAt: isLost ? null : { not: null } }] }, data: { lostAt: isLost ? now : null } });
  return count === 1;
}

const about = (file: FileRow) => ({ actor: RECONCILER, organizationId: file.case.organizationId, caseId: file.caseId, fileId: file.id });

async function recordLost(tx: Tx, file: FileRow, now: Date, segments: number): Promise<'lost' | null> {
  if (!(await setMark(tx, file, now, true))) return null;
  // Who was told that a part is missing when the file was read back knows it.
  if (file.stateReason !== 'object_missing') await tellSender(tx, file, { kind: 'file_lost' });
  await appendAuditEvent(tx, now, { ...about(file), type: 'file.lost', data: { segments } });
  return 'lost';
}

async function recordFound(tx: Tx, file: FileRow, now: Date): Promise<'found' | null> {
  if (!(await setMark(tx, file, now, false))) return null;
  if (file.stateReason !== 'object_missing') await tellSender(tx, file, { kind: 'file_found' });
  await appendAuditEvent(tx, now, { ...about(file), type: 'file.found' });
  return 'found';
}
