import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { type BucketMarker, type BucketTarget, listBucketPage, type ListedVersion } from './list-bucket-page';
import { mapBounded } from './map-bounded';
import { isAbsent, throughStorage } from './storage-error';

/** Pages of versions that one key may have; what is beyond them is deleted next time. */
const MAX_PAGES = 20;
/** DeleteObject calls in flight. */
const MAX_DELETES = 8;

type ExactKey = BucketTarget & { readonly key: string };

/** The versions and delete markers of exactly this key; keys that only begin with it are left out. */
export async function listKeyVersions({ key, ...target }: ExactKey): Promise<readonly ListedVersion[]> {
  const versions: ListedVersion[] = [];
  let after: BucketMarker | null = null;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    target.signal?.throwIfAborted();
    const page: Awaited<ReturnType<typeof listBucketPage>> = await listBucketPage({ ...target, prefix: key, after });
    const own = page.versions.filter((version) => version.key === key);
    versions.push(...own);
    // The key itself stands before all that begin with it.
    if (!page.next || own.length < page.versions.length) return versions;
    after = page.next;
  }
  return versions;
}

/**
 * Deletes exactly these versions, one by one: a key with control characters cannot stand in the XML of a batch. A version that came
 * after they were listed stays. Safe to repeat. Throws `storage_unavailable`.
 */
export async function deleteObjectVersions({ s3, bucket, signal, versions }: BucketTarget & { readonly versions: readonly ListedVersion[] }): Promise<void> {
  await mapBounded(versions, MAX_DELETES, async ({ key, versionId }) => {
    signal?.throwIfAborted();
    try {
      await throughStorage(() => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, ...(versionId === null ? {} : { VersionId: versionId }) }), { abortSignal: signal }), signal);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  });
}
