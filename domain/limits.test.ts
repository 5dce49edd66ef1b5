import { expect, it } from 'vitest';
import { MAX_FILE_BYTES, maxCompressedBytes, maxUnpackedBytes, maxVerifyMilliseconds } from './limits';

const GIB = 1024 ** 3;

it('takes a gzip file for a bomb far above what diagnostic data reaches, and always above 256 GiB', () => {
  expect([100, GIB, 10 * GIB].map(maxUnpackedBytes)).toEqual([GIB, 200 * GIB, 256 * GIB]);
});

it('gives the largest file hours to be read back, and a small one half an hour', () => {
  expect(maxVerifyMilliseconds(0)).toBe(30 * 60_000);
  expect(maxVerifyMilliseconds(MAX_FILE_BYTES) / 3_600_000).toBeCloseTo(4.8, 1);
});

it('leaves room for content that does not compress: five bytes for each stored block, and the header', () => {
  expect(maxCompressedBytes(0)).toBeGreaterThan(20);
  expect(maxCompressedBytes(65_535)).toBeGreaterThan(65_535 + 5 + 18);
});
