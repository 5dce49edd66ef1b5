import type { Encoding } from '../ports';

/** How many first bytes {@link sniffEncoding} wants to see. */
export const GZIP_HEAD_BYTES = 3;

/** Whether a file is gzipped already: ID1, ID2 and the method deflate of RFC 1952, section 2.3.1. */
export function sniffEncoding(head: Uint8Array): Encoding {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08 ? 'gzip' : 'raw';
}
