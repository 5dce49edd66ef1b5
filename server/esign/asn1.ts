import { fromBER } from 'asn1js';

/** The bytes as an ArrayBuffer of their own, as pkijs and asn1js take them. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** Length in bytes of the ASN.1 value at the start of `bytes`, or null where it is none or is not closed (X.690, 8.1.3: definite lengths only). */
export function derLength(bytes: Uint8Array): number | null {
  const first = bytes[1];
  if (bytes.length < 2 || first === undefined) return null;
  if (first < 0x80) return 2 + first <= bytes.length ? 2 + first : null;
  const count = first & 0x7f;
  if (count === 0 || count > 4 || bytes.length < 2 + count) return null;
  const length = bytes.subarray(2, 2 + count).reduce((value, byte) => value * 256 + byte, 0);
  return 2 + count + length <= bytes.length ? 2 + count + length : null;
}

/** Parses DER. Throws Error where it is none; depth and number of values are limited by the parser. */
export function parseDer(bytes: Uint8Array): ReturnType<typeof fromBER>['result'] {
  const { offset, result } = fromBER(bufferOf(bytes));
  if (offset === -1) throw new Error('This is no ASN.1.');
  return result;
}
