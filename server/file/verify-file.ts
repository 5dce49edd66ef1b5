import { maxUnpackedBytes, maxVerifyMilliseconds } from '@/domain/limits';
import { getDb } from '../db';
import { stopWhenOrdered } from '../erasure/stop-when-ordered';
import { withFileLock } from '../jobs/with-file-lock';
import { log } from '../logger';
import { openSegment } from '../storage/open-segment';
import { getBucket, getS3 } from '../storage/s3-client';
import { type FileRow, loadFileForJob } from './load-file';
import { QuarantineError, readBack, type ReadBackLimits, type StoredSegment } from './read-back';
import { recordQuarantined, recordVerified } from './record-verdict';

export type VerifyFile = {
  readonly fileId: string;
  /** Called when the verdict is recorded: reading back takes minutes. */
  readonly clock?: () => Date;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ReadBackLimits>;
};

/**
 * Reads a stored file back to its end and sets it *verified*, with a receipt, or *quarantined*, with the reason; both with a
 * notice to its sender. Killed anywhere and run again it gives one verdict and one receipt. Throws where storage does not
 * answer, and the signal's reason: the job is tried again then. Lets go, without a verdict, once the erasure of the file is ordered.
 */
export async function verifyFile({ fileId, signal, ...how }: VerifyFile): Promise<void> {
  await withFileLock(fileId, async () => {
    const file = await loadFileForJob(getDb(), fileId);
    if (file?.state !== 'stored' || file.erasureOrderedAt !== null) return;
    const guard = stopWhenOrdered(fileId, signal);
    try {
      await readAndRecord(file, { ...how, signal: guard.signal });
    } catch (error) {
      if (!guard.isOrdered()) throw error;
      log('info', 'read-back-stopped', { fileId });
    } finally {
      guard.end();
    }
  });
}

async function readAndRecord(file: FileRow, { clock = () => new Date(), signal, limits }: Omit<VerifyFile, 'fileId'>): Promise<void> {
  const started = performance.now();
  const segments = await loadStoredSegments(file, signal);
  const verdict = await judge(file, segments, limits);
  if (verdict instanceof QuarantineError) await recordQuarantined(file, verdict.reason, clock());
  else await recordVerified(file, verdict.rawSha256, clock());
  log('info', 'file-read-back', { fileId: file.id, state: verdict instanceof QuarantineError ? verdict.reason : 'verified', milliseconds: Math.round(performance.now() - started) });
}

async function loadStoredSegments({ id }: FileRow, signal: AbortSignal | undefined): Promise<StoredSegment[]> {
  const rows = await getDb().segment.findMany({ where: { fileId: id }, orderBy: { index: 'asc' } });
  const s3 = getS3();
  const bucket = getBucket();
  return rows.map(({ index, objectKey: key, versionId, rawSha256, sha256, ...sizes }) => {
    const sizeBytes = Number(sizes.sizeBytes);
    return { index, rawSha256, sha256, sizeBytes, rawSizeBytes: Number(sizes.rawSizeBytes), open: () => openSegment({ s3, bucket, key, versionId, sizeBytes, signal }) };
  });
}

async function judge(file: FileRow, segments: readonly StoredSegment[], limits: Partial<ReadBackLimits> = {}): Promise<{ rawSha256: string } | QuarantineError> {
  const { declaredRawSha256 } = await getDb().diagnosticFile.findUniqueOrThrow({ where: { id: file.id }, select: { declaredRawSha256: true } });
  const sum = (of: 'rawSizeBytes' | 'sizeBytes') => segments.reduce((total, segment) => total + segment[of], 0);
  try {
    const { rawSha256 } = await readBack(file.encoding, segments, {
      maxUnpackedBytes: maxUnpackedBytes(sum('sizeBytes')),
      maxMilliseconds: maxVerifyMilliseconds(sum('rawSizeBytes')),
      clock: () => performance.now(),
      ...limits,
    });
    if (declaredRawSha256 !== null && declaredRawSha256 !== rawSha256) return new QuarantineError('whole_checksum_differs');
    return { rawSha256 };
  } catch (error) {
    if (error instanceof QuarantineError) return error;
    throw error;
  }
}
