import { HELD_STATES } from '@/domain/file-states';
import { getDb, inTransaction, type Tx } from '../db';
import { moveFile } from '../file/move-file';
import { withFileLock } from '../jobs/with-file-lock';
import { settleUnder } from '../reconcile/erase-unannounced';
import { countVersions, deleteEveryVersion } from '../storage/delete-every-version';
import { getBucket, getS3 } from '../storage/s3-client';
import { ERASER } from './eraser';
import { type HeldFile, holdStill } from './hold-still';

export type EraseFile = { readonly orderId: string; readonly fileId: string; readonly clock: () => Date; readonly signal?: AbortSignal; readonly pageSize?: number };

/**
 * Deletes every version of every object of a file under an order, sees that nothing is left by a listing and by asking for each known key, and only then says
 * *erased*. Killed anywhere and run again it ends the same.
 * @returns false where another process works with the file's objects: try again
 */
export async function eraseFile({ orderId, fileId, clock, signal, pageSize }: EraseFile): Promise<boolean> {
  // Before the lock is asked for, so that who reads the file back sees the order and lets go.
  const held = await holdStill({ orderId, fileId, now: clock() });
  if (!held) return true;
  const done = await withFileLock(fileId, async () => {
    const target = { s3: getS3(), bucket: getBucket(), prefix: held.prefix, signal, pageSize };
    await recordFound({ orderId, fileId, ...(await countVersions(target)), now: clock() });
    const { lastSeenAt } = await deleteEveryVersion({ ...target, knownKeys: held.knownKeys, clock });
    await settleUnder({ prefix: held.prefix, now: clock() });
    await inTransaction((tx) => recordErased(tx, { orderId, held, lastSeenAt, now: clock() }));
    return true;
  });
  return done ?? false;
}

/** What is there is written down once, before anything of it is deleted: a run that is killed in the middle leaves less to count. */
async function recordFound({ orderId, fileId, versions, bytes, now }: { orderId: string; fileId: string; versions: number; bytes: number; now: Date }): Promise<void> {
  await getDb().erasureOrderFile.updateMany({ where: { orderId, fileId, foundAt: null }, data: { foundAt: now, foundVersions: versions, foundBytes: bytes, lastSeenAt: versions > 0 ? now : null } });
}

async function recordErased(tx: Tx, { orderId, held: { file }, lastSeenAt, now }: { orderId: string; held: HeldFile; lastSeenAt: Date | null; now: Date }): Promise<void> {
  await tx.$queryRaw`select id from "DiagnosticFile" where id = ${file.id}::uuid for update`;
  await tx.erasureOrderFile.updateMany({ where: { orderId, fileId: file.id, absentAt: null }, data: { absentAt: now, ...(lastSeenAt ? { lastSeenAt } : {}) } });
  const hadClock = HELD_STATES.includes(file.state);
  await moveFile(tx, {
    actor: ERASER,
    now,
    file,
    event: 'erase',
    set: { name: null, safeName: null },
    data: { orderId },
    also: () => leaveTombstone(tx, file.id, now),
    then: hadClock ? [{ type: 'clock.ended' }] : [],
  });
}

/** Keys hold a part of the file's name: they go with it. What the certificate and the receipt need stays. */
async function leaveTombstone(tx: Tx, fileId: string, now: Date): Promise<void> {
  await tx.$executeRaw`update "Segment" set "objectKey" = "fileId" || '/' || "index" where "fileId" = ${fileId}::uuid`;
  await tx.segmentAttempt.deleteMany({ where: { segment: { fileId } } });
  await tx.retentionClock.updateMany({ where: { fileId, endedAt: null }, data: { endedAt: now } });
}
