import { fileKeyPrefix } from '@/domain/file-name';
import { getDb } from '../db';
import { withFileLock } from '../jobs/with-file-lock';
import { log } from '../logger';
import { deleteEveryVersion } from '../storage/delete-every-version';
import { getBucket, getS3 } from '../storage/s3-client';
import { loadFileForJob } from './load-file';

/** Deletes whatever is in storage of a file that is abandoned; of any other file nothing. Safe to repeat. */
export async function deleteAbandonedObjects({ fileId, signal }: { readonly fileId: string; readonly signal?: AbortSignal }): Promise<void> {
  await withFileLock(fileId, async () => {
    const file = await loadFileForJob(getDb(), fileId);
    if (file?.state !== 'abandoned') return;
    const { deleted } = await deleteEveryVersion({ s3: getS3(), bucket: getBucket(), prefix: fileKeyPrefix({ reference: file.case.reference, fileId }), signal });
    if (deleted > 0) log('info', 'abandoned-objects-deleted', { fileId, count: deleted });
  });
}
