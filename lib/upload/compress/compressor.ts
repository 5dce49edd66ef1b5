import type { Level } from '../levels';

/**
 * Makes one gzip member (RFC 1952) of a whole buffer. Used inside a worker, one call at a time.
 */
export interface Compressor {
  readonly name: 'libdeflate' | 'native';
  /**
   * A buffer of exactly `sizeBytes` to read the raw content into, valid until the next call of `input`. It may be the
   * compressor's own memory, which saves a copy of the whole segment.
   * @param level that the content is going to be compressed with, if it is
   */
  input(sizeBytes: number, level?: Level): Uint8Array<ArrayBuffer>;
  /** Compresses `raw`, which `input` gave for this level or which is any other buffer. The answer is the caller's own. */
  gzip(raw: Uint8Array<ArrayBuffer>, level: Level): Promise<Uint8Array<ArrayBuffer>>;
}
