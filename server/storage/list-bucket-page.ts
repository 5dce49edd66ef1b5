import { type DeleteMarkerEntry, ListObjectVersionsCommand, type ObjectVersion, type S3Client } from '@aws-sdk/client-s3';
import { throughStorage } from './storage-error';

/** A version of an object, or a delete marker, as a listing shows it. */
export type ListedVersion = {
  readonly key: string;
  readonly versionId: string | null;
  /** 0 for a delete marker. */
  readonly sizeBytes: number;
  /** The current one of its key. */
  readonly isLatest: boolean;
  readonly isDeleteMarker: boolean;
};

/** Where a listing stopped: behind this version of this key. */
export type BucketMarker = { readonly key: string; readonly versionId: string | null };
export type BucketPage = { readonly versions: readonly ListedVersion[]; /** Null at the end. */ readonly next: BucketMarker | null };
export type BucketTarget = { readonly s3: S3Client; readonly bucket: string; readonly signal?: AbortSignal };

/** S3 encodes keys in a listing as in a form, so that XML can carry each of them (ListObjectVersions, `encoding-type`). */
const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));

function listed(entry: ObjectVersion | DeleteMarkerEntry, isDeleteMarker: boolean): ListedVersion {
  return {
    key: decode(entry.Key ?? ''),
    versionId: entry.VersionId ?? null,
    sizeBytes: 'Size' in entry ? (entry.Size ?? 0) : 0,
    isLatest: entry.IsLatest ?? false,
    isDeleteMarker,
  };
}

/**
 * One page of every version and delete marker of the bucket, or of what is under a prefix, by key in the order of their bytes,
 * newest version first. Throws `storage_unavailable`.
 * @param pageSize at most 1,000
 */
export async function listBucketPage({ s3, bucket, signal, after, prefix, pageSize = 1000 }: BucketTarget & { readonly after: BucketMarker | null; readonly prefix?: string; readonly pageSize?: number }): Promise<BucketPage> {
  const command = new ListObjectVersionsCommand({
    Bucket: bucket,
    MaxKeys: pageSize,
    EncodingType: 'url',
    ...(prefix === undefined ? {} : { Prefix: prefix }),
    ...(after ? { KeyMarker: after.key, ...(after.versionId === null ? {} : { VersionIdMarker: after.versionId }) } : {}),
  });
  const answer = await throughStorage(() => s3.send(command, { abortSignal: signal }), signal);
  const versions = [...(answer.Versions ?? []).map((entry) => listed(entry, false)), ...(answer.DeleteMarkers ?? []).map((entry) => listed(entry, true))];
  const next = answer.IsTruncated && answer.NextKeyMarker !== undefined ? { key: decode(answer.NextKeyMarker), versionId: answer.NextVersionIdMarker || null } : null;
  return { versions, next };
}

/** Pages of one listing to its end: nothing that the portal lists this way is longer. */
const MAX_PAGES = 100;

/** Everything under the prefix, to its end. Throws `storage_unavailable`, and an Error where the end is not reached in 100 pages. */
export async function listWholePrefix(target: BucketTarget & { readonly prefix: string; readonly pageSize?: number }): Promise<readonly ListedVersion[]> {
  const versions: ListedVersion[] = [];
  let after: BucketMarker | null = null;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    target.signal?.throwIfAborted();
    const page: BucketPage = await listBucketPage({ ...target, after });
    versions.push(...page.versions);
    if (!page.next) return versions;
    after = page.next;
  }
  throw new Error('The listing of a prefix does not end.');
}
