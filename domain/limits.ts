const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** Raw bytes a segment: 4-64 MiB (docs/design.md, section 4). */
export const MIN_SEGMENT_BYTES = 4 * MIB;
export const MAX_SEGMENT_BYTES = 64 * MIB;
export const DEFAULT_SEGMENT_BYTES = 32 * MIB;

/** The largest raw file: 64 GiB, above the 50 GB that people send (16,384 segments of 4 MiB). */
export const MAX_FILE_BYTES = 64 * GIB;
export const MAX_SEGMENTS = MAX_FILE_BYTES / MIN_SEGMENT_BYTES;

/** The largest object of one PUT: 5 GiB (Amazon S3, PutObject). The bucket takes no multipart upload. */
export const MAX_OBJECT_BYTES = 5 * GIB;

/** Segments in one call of the contract. */
export const MAX_SEGMENTS_PER_CALL = 100;
/** PUTs that a client may have in flight for one file. */
export const MAX_PARALLEL = 4;
/** Unfinished and held files of one case; beyond it something is wrong with the sender. */
export const MAX_FILES_PER_CASE = 1000;

/** A compressed segment may be this much larger than its raw content: stored deflate blocks and the gzip header, generously. */
export function maxCompressedBytes(rawBytes: number): number {
  return rawBytes + 5 * Math.ceil(rawBytes / 16_384) + 4096;
}

/** A presigned URL lives this long (docs/design.md, section 4: 15 minutes or less). */
export const PRESIGN_SECONDS = 15 * 60;

/** Request bodies of the HTTP contract, bytes: 100 segments need about 30 KB. */
export const MAX_JSON_BODY_BYTES = 128 * 1024;

/** Different compressions of one segment that a client may announce; a client that needs more is not sending a file. */
export const MAX_ATTEMPTS_PER_SEGMENT = 50;

/** An upload in which nothing happened for this long is abandoned, and an abandoned one is gone this long after (hours). */
export const ABANDON_AFTER_HOURS = 24;

/** What a gzip file may unpack to: 200 times its size is far above what logs and heap dumps reach. */
const UNPACK_RATIO = 200;
const UNPACK_FLOOR_BYTES = GIB;
const UNPACK_CEILING_BYTES = 256 * GIB;

/** Unpacked bytes above which a gzip file of `sizeBytes` is taken for a decompression bomb. */
export function maxUnpackedBytes(sizeBytes: number): number {
  return Math.min(UNPACK_CEILING_BYTES, Math.max(UNPACK_FLOOR_BYTES, sizeBytes * UNPACK_RATIO));
}

/** Milliseconds that reading a file back may take: half an hour, and more for what is large (4 MB/s). */
export function maxVerifyMilliseconds(rawSizeBytes: number): number {
  return Math.max(30 * 60 * 1000, Math.ceil(rawSizeBytes / 4000));
}
