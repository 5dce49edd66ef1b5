import { createHash, type Hash } from 'node:crypto';
import { type FileEncoding } from '@/domain/contracts';
import { type QuarantineReason } from '@/domain/file-states';
import { gunzipStrictly, GzipError } from '../gzip/gunzip-strictly';
import { ObjectMissingError } from '../storage/open-segment';

/** One stored segment: what was announced of it, and how to read its object. */
export type StoredSegment = {
  readonly index: number;
  readonly rawSizeBytes: number;
  readonly rawSha256: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly open: () => AsyncIterable<Buffer>;
};

export type ReadBackLimits = {
  /** Bytes that a gzip file may unpack to in all. */
  readonly maxUnpackedBytes: number;
  readonly maxMilliseconds: number;
  /** A clock that never runs backwards, milliseconds. */
  readonly clock: () => number;
};

/** The file is not what was announced, or is dangerous: it is set aside for this reason. */
export class QuarantineError extends Error {
  override readonly name = 'QuarantineError';
  constructor(readonly reason: QuarantineReason) {
    super(reason);
  }
}

/**
 * Reads a file back to its end, with flat memory, and answers the SHA-256 of its whole raw content.
 *
 * With the encoding `raw` each object is one gzip stream with exactly the announced raw bytes. With `gzip` the objects are
 * slices of one gzip file, and raw means those slices: the file that the sender has. It has to unpack to its end; zero
 * padding after it is let through as gzip(1) does.
 * Throws QuarantineError, or whatever the storage fails with.
 */
export async function readBack(encoding: FileEncoding, segments: readonly StoredSegment[], limits: ReadBackLimits): Promise<{ rawSha256: string }> {
  const started = limits.clock();
  const assertInTime = () => {
    if (limits.clock() - started > limits.maxMilliseconds) throw new QuarantineError('too_slow');
  };
  try {
    return encoding === 'raw' ? await readMembers(segments, assertInTime) : await readSlices(segments, limits, assertInTime);
  } catch (error) {
    if (error instanceof GzipError) throw new QuarantineError(error.reason);
    if (error instanceof ObjectMissingError) throw new QuarantineError('object_missing');
    throw error;
  }
}

async function readMembers(segments: readonly StoredSegment[], assertInTime: () => void): Promise<{ rawSha256: string }> {
  const whole = createHash('sha256');
  for (const segment of segments) {
    const raw = createHash('sha256');
    let rawBytes = 0;
    for await (const chunk of gunzipStrictly(checkedObject(segment, assertInTime), { allowZeroPadding: false })) {
      rawBytes += chunk.length;
      // Ends a bomb at its first byte too many.
      if (rawBytes > segment.rawSizeBytes) throw new QuarantineError('size_differs');
      raw.update(chunk);
      whole.update(chunk);
      assertInTime();
    }
    if (rawBytes !== segment.rawSizeBytes) throw new QuarantineError('size_differs');
    assertDigest(raw, segment.rawSha256);
  }
  return { rawSha256: whole.digest('hex') };
}

async function readSlices(segments: readonly StoredSegment[], { maxUnpackedBytes }: ReadBackLimits, assertInTime: () => void): Promise<{ rawSha256: string }> {
  const whole = createHash('sha256');
  async function* slices(): AsyncGenerator<Buffer> {
    for (const segment of segments) {
      for await (const chunk of checkedObject(segment, assertInTime)) {
        whole.update(chunk);
        yield chunk;
      }
    }
  }
  let unpacked = 0;
  for await (const chunk of gunzipStrictly(slices(), { allowZeroPadding: true })) {
    unpacked += chunk.length;
    if (unpacked > maxUnpackedBytes) throw new QuarantineError('bomb');
    assertInTime();
  }
  return { rawSha256: whole.digest('hex') };
}

/** The bytes of a stored object, held to the size and the SHA-256 that the portal saw when it was stored. */
async function* checkedObject(segment: StoredSegment, assertInTime: () => void): AsyncGenerator<Buffer, void, undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of segment.open()) {
    bytes += chunk.length;
    hash.update(chunk);
    assertInTime();
    yield chunk;
  }
  if (bytes !== segment.sizeBytes) throw new QuarantineError('segment_checksum_differs');
  assertDigest(hash, segment.sha256);
}

function assertDigest(hash: Hash, expected: string): void {
  if (hash.digest('hex') !== expected) throw new QuarantineError('segment_checksum_differs');
}
