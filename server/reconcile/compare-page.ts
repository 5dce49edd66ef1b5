import { fileOfKey } from '@/domain/object-key';
import { type BucketPage, type ListedVersion } from '../storage/list-bucket-page';
import { type HeldSegment, type LedgerOfPage } from './ledger-of-page';

/** A key that nobody announced, with what the page shows of it. */
export type Stranger = { readonly key: string; readonly sizeBytes: number; readonly versionCount: number };

export type Comparison = {
  readonly strangers: readonly Stranger[];
  /** Files that are expired or erased and of which the page shows something all the same. */
  readonly remains: readonly string[];
  /** Held files of which a segment is not there as it was stored. */
  readonly suspects: readonly string[];
};

/** True where the current version of the segment's key is the one that the portal saw when it was stored. */
function isThere({ versionId }: HeldSegment, current: ListedVersion | undefined): boolean {
  return current !== undefined && !current.isDeleteMarker && (versionId === null || current.versionId === versionId);
}

/** The segments that are not there as they were stored. `versions` has to hold the current version of each of their keys. */
export function missingSegments(segments: readonly HeldSegment[], versions: readonly ListedVersion[]): HeldSegment[] {
  const current = new Map(versions.filter(({ isLatest }) => isLatest).map((version) => [version.key, version]));
  return segments.filter((segment) => !isThere(segment, current.get(segment.objectKey)));
}

/** Compares one page of the bucket with the ledger. Nothing is judged by it alone: each finding is looked at again. */
export function comparePage({ versions }: BucketPage, { announced, gone, held }: LedgerOfPage): Comparison {
  const strangers = new Map<string, { key: string; sizeBytes: number; versionCount: number }>();
  const remains = new Set<string>();
  for (const { key, sizeBytes } of versions) {
    if (announced.has(key)) continue;
    const goneFile = gone.get(fileOfKey(key)?.prefix ?? '');
    if (goneFile !== undefined) {
      remains.add(goneFile);
      continue;
    }
    const stranger = strangers.get(key) ?? { key, sizeBytes: 0, versionCount: 0 };
    strangers.set(key, { key, sizeBytes: stranger.sizeBytes + sizeBytes, versionCount: stranger.versionCount + 1 });
  }
  const suspects = new Set(missingSegments(held, versions).map(({ fileId }) => fileId));
  return { strangers: [...strangers.values()], remains: [...remains], suspects: [...suspects] };
}
