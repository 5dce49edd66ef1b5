import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { AppError } from '@/domain/errors';
import { deleteObjectVersions } from './delete-object-versions';
import { headSegment } from './head-segment';
import { type BucketPage, type BucketTarget, listBucketPage, type ListedVersion } from './list-bucket-page';
import { mapBounded } from './map-bounded';
import { throughStorage } from './storage-error';

/** The prefix of exactly one file (domain/file-name.ts, `fileKeyPrefix`): nothing wider is swept unless a whole case is named. */
const FILE_PREFIX = /^AL-[0-9A-Z]{4}-[0-9A-Z]{4}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/$/;
const CASE_PREFIX = /^AL-[0-9A-Z]{4}-[0-9A-Z]{4}\/$/;
/** What S3 lists and deletes with one call at most. */
const PAGE = 1000;
/** Pages in one run: three times the segments that a file may have. */
const MAX_PAGES = 50;
/** HeadObject calls in flight. */
const MAX_HEADS = 8;

/** What the XML of a batch cannot carry, or changes on the way: keys from past the portal may hold it. */
const UNFIT_FOR_XML = /[\p{Cc}\uFFFE\uFFFF]/u;

type Target = BucketTarget & { readonly prefix: string; /** Versions a call; smaller in tests. */ readonly pageSize?: number };

async function deleteListed(target: Target, versions: readonly ListedVersion[]): Promise<void> {
  await deleteBatch(target, versions.filter(({ key }) => !UNFIT_FOR_XML.test(key)));
  await deleteObjectVersions({ ...target, versions: versions.filter(({ key }) => UNFIT_FOR_XML.test(key)) });
}

async function deleteBatch({ s3, bucket, signal }: Target, versions: readonly ListedVersion[]): Promise<void> {
  if (versions.length === 0) return;
  const Objects = versions.map(({ key, versionId }) => ({ Key: key, VersionId: versionId ?? undefined }));
  const answer = await throughStorage(() => s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }), { abortSignal: signal }), signal);
  const failed = (answer.Errors ?? []).filter(({ Code }) => Code !== 'NoSuchKey' && Code !== 'NoSuchVersion');
  if (failed.length > 0) throw new AppError('storage_unavailable', { cause: new Error(`${failed.length} versions could not be deleted: ${failed[0]?.Code ?? 'unknown'}`) });
}

/** How many versions and delete markers lie under a prefix, and their bytes. */
export async function countVersions(target: Target): Promise<{ readonly versions: number; readonly bytes: number }> {
  let versions = 0;
  let bytes = 0;
  let page: BucketPage | undefined;
  do {
    target.signal?.throwIfAborted();
    page = await listBucketPage({ ...target, after: page?.next ?? null });
    versions += page.versions.length;
    bytes += page.versions.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  } while (page.next);
  return { versions, bytes };
}

export type DeleteEveryVersion = Target & {
  /** Keys that were given out under the prefix: each is asked for by name once the listing is empty. */
  readonly knownKeys?: readonly string[];
  /** Says that the prefix is meant to be that of a whole case. */
  readonly scope?: 'file' | 'case';
  readonly clock?: () => Date;
};

/** True where none of the keys answers. */
async function areAbsent({ s3, bucket, signal }: Target, keys: readonly string[]): Promise<boolean> {
  const found = await mapBounded(keys, MAX_HEADS, (key) => headSegment({ s3, bucket, key, signal }));
  return found.every((object) => object === null);
}

/**
 * Deletes every version and every delete marker under the prefix of one file (or, where `scope` says so, of one case), and returns
 * only once a listing afterwards shows that nothing is left and HeadObject finds none of `knownKeys`. Safe to repeat and to
 * interrupt. Throws `storage_unavailable` where storage fails, or where objects keep appearing.
 * @returns how many versions and markers this call deleted, and when it last saw one
 */
export async function deleteEveryVersion({ knownKeys = [], scope = 'file', clock = () => new Date(), ...target }: DeleteEveryVersion): Promise<{ deleted: number; lastSeenAt: Date | null }> {
  if (!(scope === 'case' ? CASE_PREFIX : FILE_PREFIX).test(target.prefix)) throw new Error('deleteEveryVersion takes the prefix of one file only.');
  let deleted = 0;
  let lastSeenAt: Date | null = null;
  const pages = Math.ceil((MAX_PAGES * PAGE) / (target.pageSize ?? PAGE));
  for (let page = 0; page < pages; page += 1) {
    target.signal?.throwIfAborted();
    const { versions: found } = await listBucketPage({ ...target, after: null });
    if (found.length === 0) {
      if (await areAbsent(target, knownKeys)) return { deleted, lastSeenAt };
      continue;
    }
    lastSeenAt = clock();
    await deleteListed(target, found);
    deleted += found.length;
  }
  throw new AppError('storage_unavailable', { cause: new Error('Objects keep appearing under the prefix.') });
}
