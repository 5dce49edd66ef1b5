import { type Actor } from '@/domain/actor';
import { type AnnouncedSegment, type PresignSegmentsResponse } from '@/domain/contracts';
import { AppError } from '@/domain/errors';
import { segmentKey } from '@/domain/file-name';
import { segmentMisfit } from '@/domain/segment-layout';
import { assertMaySend } from '../case/send-gate';
import { inTransaction, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { presignSegment } from '../storage/presign-segment';
import { getBucket, getS3 } from '../storage/s3-client';
import { announceSegments } from './announce-segments';
import { assertNotUnderErasure, type FileRow, layoutOf, lockFile } from './load-file';
import { moveFile } from './move-file';

export type PresignSegments = { readonly actor: Actor; readonly now: Date; readonly fileId: string; readonly segments: readonly AnnouncedSegment[] };

/**
 * Gives each segment a URL of its own for one PUT, or says that it is stored already. The first call moves the file from
 * *reserved* to *uploading*. Throws `not_found`, the gate's errors, `file_wrong_state`, `segment_out_of_range` for
 * an index or a size that does not fit, and `segment_conflict` for a segment that was announced with other content.
 */
export async function presignSegments({ actor, now, fileId, segments }: PresignSegments): Promise<PresignSegmentsResponse> {
  requirePermission(actor, 'file:send');
  const { file, stored } = await inTransaction(async (tx) => {
    const locked = await lockOpenFile(tx, { actor, now, fileId });
    assertFit(locked, segments);
    const already = await announceSegments(tx, { file: locked, segments, keyOf: (index) => keyOf(locked, index), now });
    if (locked.state === 'reserved') await moveFile(tx, { actor, now, file: locked, event: 'issue_url', set: { uploadingAt: now } });
    return { file: locked, stored: already };
  });
  const s3 = getS3();
  const bucket = getBucket();
  return {
    segments: await Promise.all(
      segments.map(async ({ index, sizeBytes, sha256 }) => {
        if (stored.has(index)) return { index, state: 'stored' as const };
        const { url, headers, expiresAt } = await presignSegment({ s3, bucket, key: keyOf(file, index), sizeBytes, sha256, now });
        return { index, url, headers, expiresAt: expiresAt.toISOString() };
      }),
    ),
  };
}

async function lockOpenFile(tx: Tx, { actor, now, fileId }: Omit<PresignSegments, 'segments'>): Promise<FileRow> {
  const file = await lockFile(tx, actor, fileId);
  assertNotUnderErasure(file);
  await assertMaySend(tx, { ...file.case, caseId: file.caseId }, now);
  if (file.state !== 'reserved' && file.state !== 'uploading') throw new AppError('file_wrong_state');
  return file;
}

function assertFit(file: FileRow, segments: readonly AnnouncedSegment[]): void {
  const layout = layoutOf(file);
  const fields = segments.flatMap((segment, at) => {
    const message = segmentMisfit(layout, segment);
    return message ? [{ path: `segments.${at}`, message }] : [];
  });
  if (fields.length > 0) throw new AppError('segment_out_of_range', { fields });
}

function keyOf(file: FileRow, index: number): string {
  return segmentKey({ reference: file.case.reference, fileId: file.id, safeName: file.safeName ?? 'file', isSingleObject: file.isSingleObject }, index);
}
