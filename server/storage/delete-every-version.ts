import { DeleteObjectsCommand, ListObjectVersionsCommand, type ObjectIdentifier, type S3Client } from '@aws-sdk/client-s3';
import { AppError } from '@/domain/errors';
import { throughStorage } from './storage-error';

/** The prefix of exactly one file (domain/file-name.ts, `fileKeyPrefix`): nothing wider is ever swept. */
const FILE_PREFIX = /^AL-[0-9A-Z]{4}-[0-9A-Z]{4}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/$/;
/** Pages of 1,000 in one run: three times the segments that a file may have. */
const MAX_PAGES = 50;

type Target = { readonly s3: S3Client; readonly bucket: string; readonly prefix: string; readonly signal?: AbortSignal };

/** Versions and delete markers under a prefix, at most one page of 1,000. */
async function listVersions({ s3, bucket, prefix, signal }: Target): Promise<ObjectIdentifier[]> {
  const page = await throughStorage(() => s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, MaxKeys: 1000 }), { abortSignal: signal }), signal);
  return [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].flatMap(({ Key, VersionId }) => (Key === undefined ? [] : [{ Key, VersionId }]));
}

async function deleteBatch({ s3, bucket, signal }: Target, objects: ObjectIdentifier[]): Promise<void> {
  const answer = await throughStorage(() => s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }), { abortSignal: signal }), signal);
  const failed = (answer.Errors ?? []).filter(({ Code }) => Code !== 'NoSuchKey' && Code !== 'NoSuchVersion');
  if (failed.length > 0) throw new AppError('storage_unavailable', { cause: new Error(`${failed.length} versions could not be deleted: ${failed[0]?.Code ?? 'unknown'}`) });
}

/** True once nothing at all is listed under the prefix: no object, no old version, no delete marker. */
export async function isPrefixEmpty(target: Target): Promise<boolean> {
  return (await listVersions(target)).length === 0;
}

/**
 * Deletes every version and every delete marker under the prefix of one file, and returns only once a listing afterwards
 * shows that nothing is left. Safe to repeat and to interrupt. Throws `storage_unavailable` where storage fails, or where objects
 * keep appearing.
 * @returns how many versions and markers were deleted by this call
 */
export async function deleteEveryVersion(target: Target): Promise<{ deleted: number }> {
  if (!FILE_PREFIX.test(target.prefix)) throw new Error('deleteEveryVersion takes the prefix of one file only.');
  let deleted = 0;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    target.signal?.throwIfAborted();
    const found = await listVersions(target);
    if (found.length === 0) return { deleted };
    await deleteBatch(target, found);
    deleted += found.length;
  }
  throw new AppError('storage_unavailable', { cause: new Error('Objects keep appearing under the prefix.') });
}
