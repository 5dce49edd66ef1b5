import type { PreparedSegment, PrepareJob, SliceJob } from '../ports';
import { FileUnreadableError } from '../upload-errors';
import { compressSegment } from './compress-segment';
import type { Compressor } from './compressor';
import { sha256Hex } from './sha256';

const PIECE_BYTES = 4 * 1024 * 1024;

/** Reads a slice piece by piece into `target`, so that the browser's process never holds the whole of it. */
async function readSlice({ source, start, end }: SliceJob, target: Uint8Array<ArrayBuffer>): Promise<void> {
  if (source.readInto) return source.readInto(start, end, target);
  for (let at = start; at < end; at += PIECE_BYTES) {
    const until = Math.min(end, at + PIECE_BYTES);
    const piece = await source.read(at, until);
    if (piece.byteLength !== until - at) throw new FileUnreadableError('The file is shorter than it was.');
    target.set(piece, at - start);
  }
}

/** The whole work on one segment: read, compress where asked, hash before and after. */
export async function prepareSegment(compressor: Compressor, job: PrepareJob, now: () => number): Promise<PreparedSegment> {
  const startedAt = now();
  const rawSizeBytes = job.end - job.start;
  const asIs = job.encoding === 'gzip';
  const raw = asIs ? new Uint8Array(rawSizeBytes) : compressor.input(rawSizeBytes, job.level);
  await readSlice(job, raw);
  const rawSha256 = await sha256Hex(raw);
  const made = asIs ? { bytes: raw, method: 'as-is' as const } : await compressSegment(compressor, raw, job.level);
  return {
    rawSizeBytes,
    rawSha256,
    sizeBytes: made.bytes.byteLength,
    sha256: asIs ? rawSha256 : await sha256Hex(made.bytes),
    body: made.bytes.buffer,
    method: made.method,
    elapsedMs: now() - startedAt,
  };
}

/** SHA-256 of a slice. */
export async function hashSlice(compressor: Compressor, job: SliceJob): Promise<string> {
  const raw = compressor.input(job.end - job.start);
  await readSlice(job, raw);
  return sha256Hex(raw);
}
