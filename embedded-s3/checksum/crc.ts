import { crc32 as zlibCrc32 } from 'node:zlib';

/** A checksum that grows with the data; the digest is base64 of the big-endian value, as S3 writes it. */
export interface RunningChecksum {
  update(data: Buffer): void;
  digest(): string;
}

/** Reflected Castagnoli polynomial (RFC 3720). */
const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

/** Reflected polynomial 0x9A6C9329AC4BC9B5 (CRC-64/NVME), as two 32-bit tables because JavaScript has no fast 64-bit integers. */
const [CRC64_LOW, CRC64_HIGH] = (() => {
  const low = new Uint32Array(256);
  const high = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
    low[byte] = Number(value & 0xffffffffn);
    high[byte] = Number(value >> 32n);
  }
  return [low, high];
})();

function bigEndian(...words: number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => bytes.writeUInt32BE(word >>> 0, index * 4));
  return bytes.toString('base64');
}

export function crc32(): RunningChecksum {
  let value = 0;
  return {
    update: (data) => {
      value = zlibCrc32(data, value);
    },
    digest: () => bigEndian(value),
  };
}

export function crc32c(): RunningChecksum {
  let value = 0xffffffff;
  return {
    update: (data) => {
      let running = value;
      for (let index = 0; index < data.length; index += 1) running = CRC32C_TABLE[(running ^ data[index]!) & 0xff]! ^ (running >>> 8);
      value = running;
    },
    digest: () => bigEndian(~value),
  };
}

export function crc64nvme(): RunningChecksum {
  let low = 0xffffffff;
  let high = 0xffffffff;
  return {
    update: (data) => {
      for (let index = 0; index < data.length; index += 1) {
        const slot = (low ^ data[index]!) & 0xff;
        low = CRC64_LOW[slot]! ^ ((low >>> 8) | (high << 24));
        high = CRC64_HIGH[slot]! ^ (high >>> 8);
      }
    },
    digest: () => bigEndian(~high, ~low),
  };
}
