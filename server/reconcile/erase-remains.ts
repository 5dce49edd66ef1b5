import { type SystemActor } from '@/domain/actor';
import { fileKeyPrefix } from '@/domain/file-name';
import { FINAL_STATES } from '@/domain/file-states';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction } from '../db';
import { loadFileForJob } from '../file/load-file';
import { withFileLock } from '../jobs/with-file-lock';
import { deleteEveryVersion } from '../storage/delete-every-version';
import { getBucket, getS3 } from '../storage/s3-client';

/** Longer than any watch over an order. */
const WATCHED_AT_MOST_MS = 24 * 60 * 60 * 1000;
const RECONCILER: SystemActor = { kind: 'system', name: 'reconcile' };

/**
 * Erases at once what lies in storage of a file that is expired or erased, such as by a PUT that began with its URL and ended long
 * after: the portal has said that nothing is left (P-RAW-7, P-ERASE). Quiet where there is nothing, or where somebody else is at it.
 * @returns true where something was erased
 */
export async function eraseRemains({ fileId, now, signal }: { readonly fileId: string; readonly now: Date; readonly signal?: AbortSignal }): Promise<boolean> {
  const erased = await withFileLock(fileId, async () => {
    const file = await loadFileForJob(getDb(), fileId);
    if (!file || !FINAL_STATES.includes(file.state) || (await isWatched(fileId, now))) return false;
    const { deleted } = await deleteEveryVersion({ s3: getS3(), bucket: getBucket(), prefix: fileKeyPrefix({ reference: file.case.reference, fileId }), signal });
    if (deleted === 0) return false;
    await inTransaction((tx) => appendAuditEvent(tx, now, { type: 'file.remains_erased', actor: RECONCILER, organizationId: file.case.organizationId, caseId: file.caseId, fileId, data: { objects: deleted } }));
    return true;
  });
  return erased ?? false;
}

/** While an erasure order is under way or watched, what appears is counted and erased by its watch, so that its certificate says so. */
async function isWatched(fileId: string, now: Date): Promise<boolean> {
  const order = { watchEndedAt: null, orderedAt: { gt: new Date(now.getTime() - WATCHED_AT_MOST_MS) } };
  return (await getDb().erasureOrderFile.count({ where: { fileId, order } })) > 0;
}
