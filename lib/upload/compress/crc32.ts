const POLYNOMIAL = 0xedb88320;
const LANES = 8;

/** Eight tables of 256 entries: "slicing-by-8" handles eight bytes a step. */
const TABLES: readonly Uint32Array[] = (() => {
  const tables = Array.from({ length: LANES }, () => new Uint32Array(256));
  const [first] = tables;
  if (first === undefined) throw new Error('unreachable');
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    first[byte] = value >>> 0;
  }
  for (let byte = 0; byte < 256; byte++) {
    let value = first[byte] ?? 0;
    for (const table of tables.slice(1)) {
      value = (first[value & 0xff] ?? 0) ^ (value >>> 8);
      table[byte] = value >>> 0;
    }
  }
  return tables;
})();

/** CRC-32 as gzip uses it (RFC 1952, section 8), as an unsigned number. */
export function crc32(bytes: Uint8Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES as unknown as [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.byteLength - (bytes.byteLength % LANES);
  let crc = 0xffffffff;
  let at = 0;
  for (; at < whole; at += LANES) {
    const low = view.getUint32(at, true) ^ crc;
    const high = view.getUint32(at + 4, true);
    crc =
      t7[low & 0xff]! ^ t6[(low >>> 8) & 0xff]! ^ t5[(low >>> 16) & 0xff]! ^ t4[low >>> 24]! ^
      t3[high & 0xff]! ^ t2[(high >>> 8) & 0xff]! ^ t1[(high >>> 16) & 0xff]! ^ t0[high >>> 24]!;
  }
  for (; at < bytes.byteLength; at++) crc = t0[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
