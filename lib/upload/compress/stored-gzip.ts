import { crc32 } from './crc32';

/** The most that one stored deflate block holds (RFC 1951, section 3.2.4). */
const BLOCK_BYTES = 65_535;
const BLOCK_HEADER_BYTES = 5;
/** ID1, ID2, deflate, no flags, no time, no extra flags, unknown system. */
const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255] as const;
const TRAILER_BYTES = 8;

/** Bytes of the gzip member that {@link storedGzip} makes of so much raw content. */
export function storedGzipBytes(rawBytes: number): number {
  return HEADER.length + Math.max(1, Math.ceil(rawBytes / BLOCK_BYTES)) * BLOCK_HEADER_BYTES + rawBytes + TRAILER_BYTES;
}

/** A gzip member of stored blocks: for content that does not compress it costs a CRC-32 and five bytes per 65,535. */
export function storedGzip(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const member = new Uint8Array(storedGzipBytes(raw.byteLength));
  const view = new DataView(member.buffer);
  member.set(HEADER);
  let at: number = HEADER.length;
  let from = 0;
  do {
    const length = Math.min(BLOCK_BYTES, raw.byteLength - from);
    member[at] = from + length === raw.byteLength ? 1 : 0;
    view.setUint16(at + 1, length, true);
    view.setUint16(at + 3, length ^ 0xffff, true);
    member.set(raw.subarray(from, from + length), at + BLOCK_HEADER_BYTES);
    at += BLOCK_HEADER_BYTES + length;
    from += length;
  } while (from < raw.byteLength);
  view.setUint32(at, crc32(raw), true);
  view.setUint32(at + 4, raw.byteLength, true);
  return member;
}
