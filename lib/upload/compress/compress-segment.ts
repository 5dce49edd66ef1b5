import type { Level } from '../levels';
import type { Compressor } from './compressor';
import { storedGzip, storedGzipBytes } from './stored-gzip';

const SAMPLE_PIECES = 4;
const SAMPLE_PIECE_BYTES = 16 * 1024;
/** Gaining less than this is not worth the work. */
const WORTH_IT = 0.96;

/** One gzip member of a segment, by compressing where that gains something and by storing where it does not. */
export async function compressSegment(
  compressor: Compressor,
  raw: Uint8Array<ArrayBuffer>,
  level: Level,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; method: 'deflated' | 'stored' }> {
  if (await looksIncompressible(compressor, raw, level)) return { bytes: storedGzip(raw), method: 'stored' };
  const bytes = await compressor.gzip(raw, level);
  if (bytes.byteLength > storedGzipBytes(raw.byteLength)) return { bytes: storedGzip(raw), method: 'stored' };
  return { bytes, method: 'deflated' };
}

/** Compresses pieces from all over the segment: 64 KiB together. */
async function looksIncompressible(compressor: Compressor, raw: Uint8Array<ArrayBuffer>, level: Level): Promise<boolean> {
  const wanted = SAMPLE_PIECES * SAMPLE_PIECE_BYTES;
  if (raw.byteLength < 4 * wanted) return false;
  let compressed = 0;
  for (let piece = 0; piece < SAMPLE_PIECES; piece++) {
    const start = Math.floor(((piece + 0.5) * raw.byteLength) / SAMPLE_PIECES);
    compressed += (await compressor.gzip(raw.subarray(start, start + SAMPLE_PIECE_BYTES), level)).byteLength;
  }
  return compressed > wanted * WORTH_IT;
}
