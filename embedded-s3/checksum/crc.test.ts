import { describe, expect, it } from 'vitest';
import { type ChecksumAlgorithm, startChecksum } from './checksums';

const hex = (algorithm: ChecksumAlgorithm, ...pieces: string[]) => {
  const checksum = startChecksum(algorithm);
  for (const piece of pieces) checksum.update(Buffer.from(piece));
  return Buffer.from(checksum.digest(), 'base64').toString('hex');
};

describe('checksums', () => {
  it.each([
    ['crc32', 'cbf43926'],
    ['crc32c', 'e3069283'],
    ['crc64nvme', 'ae8b14860a799888'],
    ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ] as const)('computes the check value of %s, in one piece and in several', (algorithm, expected) => {
    expect(hex(algorithm, '123456789')).toBe(expected);
    expect(hex(algorithm, '1', '', '2345', '6789')).toBe(expected);
  });
});
