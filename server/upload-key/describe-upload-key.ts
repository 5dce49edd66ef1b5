import { type UploadKeyActor } from '@/domain/actor';
import { FILE_KINDS } from '@/domain/file-kinds';
import { AppError } from '@/domain/errors';
import { MAX_FILE_BYTES, MAX_FILES_PER_CASE, MAX_PARALLEL, MAX_SEGMENT_BYTES, MAX_SEGMENTS_PER_CALL, MIN_SEGMENT_BYTES } from '@/domain/limits';
import { isLargeObject } from '@/domain/segment-layout';
import { type UploadKeyResponse } from '@/domain/upload-key';
import { fileScope } from '../case/case-scope';
import { getDb } from '../db';
import { sizeInBytes } from '../file/size-in-bytes';

/** What a machine needs to know to begin: the key alone tells the case, and which files of it may be continued. */
export async function describeUploadKey({ actor }: { readonly actor: UploadKeyActor }): Promise<UploadKeyResponse> {
  const key = await getDb().uploadKey.findUnique({ where: { id: actor.uploadKeyId }, select: { expiresAt: true, case: { select: { reference: true } } } });
  if (!key) throw new AppError('upload_key_invalid');
  const rows = await getDb().diagnosticFile.findMany({
    where: { AND: [fileScope(actor), { state: { in: ['reserved', 'uploading'] } }] },
    orderBy: [{ reservedAt: 'desc' }, { id: 'desc' }],
    take: MAX_FILES_PER_CASE,
    select: { id: true, name: true, kind: true, announcedSizeBytes: true, state: true, segmentBytes: true, isSingleObject: true, encoding: true, reservedAt: true },
  });
  return {
    caseReference: key.case.reference,
    expiresAt: key.expiresAt.toISOString(),
    maxParallel: MAX_PARALLEL,
    maxFileBytes: MAX_FILE_BYTES,
    minSegmentBytes: MIN_SEGMENT_BYTES,
    maxSegmentBytes: MAX_SEGMENT_BYTES,
    maxSegmentsPerCall: MAX_SEGMENTS_PER_CALL,
    kinds: [...FILE_KINDS],
    // What is sent by its curl line is no machine's to go on with.
    files: rows.filter((row) => !isLargeObject({ ...row, sizeBytes: sizeInBytes(row.announcedSizeBytes) })).map((row) => ({
      fileId: row.id,
      name: row.name ?? '',
      kind: row.kind,
      sizeBytes: sizeInBytes(row.announcedSizeBytes),
      state: row.state === 'reserved' ? 'reserved' : 'uploading',
      segmentBytes: row.segmentBytes,
      encoding: row.encoding,
      reservedAt: row.reservedAt.toISOString(),
    })),
  };
}
