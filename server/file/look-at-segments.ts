import { type Prisma, type Tx } from '../db';
import { deleteVersion } from '../storage/delete-version';
import { headSegment, type StoredObject } from '../storage/head-segment';
import { mapBounded } from '../storage/map-bounded';
import { getBucket, getS3 } from '../storage/s3-client';

/** HeadObject calls in flight for one request. */
const MAX_HEADS = 8;

export const segmentToLookAt = { id: true, index: true, objectKey: true, attempts: { select: { sizeBytes: true, sha256: true } } } as const satisfies Prisma.SegmentSelect;
export type SegmentToLookAt = Prisma.SegmentGetPayload<{ select: typeof segmentToLookAt }>;

export type Finding =
  | { readonly is: 'stored'; readonly segment: SegmentToLookAt; readonly object: StoredObject & { readonly sha256: string } }
  | { readonly is: 'absent'; readonly segment: SegmentToLookAt }
  | { readonly is: 'refused'; readonly segment: SegmentToLookAt; readonly why: 'size' | 'checksum' | 'encryption' };

/** What an object is that lies under a segment's key: one that was announced and encrypted as signed, or not. */
export function judgeSegment(segment: SegmentToLookAt, object: StoredObject): Finding {
  const { sha256 } = object;
  if (sha256 === null) return { is: 'refused', segment, why: 'checksum' };
  const sized = segment.attempts.filter(({ sizeBytes }) => Number(sizeBytes) === object.sizeBytes);
  if (sized.length === 0) return { is: 'refused', segment, why: 'size' };
  if (!sized.some((attempt) => attempt.sha256 === sha256)) return { is: 'refused', segment, why: 'checksum' };
  if (object.encryption !== 'AES256') return { is: 'refused', segment, why: 'encryption' };
  return { is: 'stored', segment, object: { ...object, sha256 } };
}

/**
 * Looks at each segment in storage itself; a client's word is never enough (docs/design.md, section 3). A version that matches no
 * attempt of its segment is deleted, so that the segment can be sent again.
 */
export async function lookAtSegments(segments: readonly SegmentToLookAt[]): Promise<Finding[]> {
  const s3 = getS3();
  const bucket = getBucket();
  return mapBounded(segments, MAX_HEADS, async (segment) => {
    const object = await headSegment({ s3, bucket, key: segment.objectKey });
    if (!object) return { is: 'absent', segment };
    const finding = judgeSegment(segment, object);
    if (finding.is === 'refused') await deleteVersion({ s3, bucket, key: segment.objectKey, versionId: object.versionId });
    return finding;
  });
}

/** Records what was seen. The caller holds the file's lock and has seen that it is still uploading. */
export async function recordStored(tx: Tx, findings: readonly Finding[], now: Date): Promise<void> {
  for (const finding of findings) {
    if (finding.is !== 'stored') continue;
    const { sizeBytes, sha256, versionId } = finding.object;
    await tx.segment.updateMany({ where: { id: finding.segment.id, state: 'announced' }, data: { state: 'stored', storedAt: now, sizeBytes, sha256, versionId } });
  }
}
