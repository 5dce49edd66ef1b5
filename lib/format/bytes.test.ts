import { describe, expect, it } from 'vitest';
import { formatBytes, formatExactBytes } from './bytes';

describe('a size for people', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1023 bytes'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [1024 * 1024 - 1, '1 MiB'],
    [32 * 1024 * 1024, '32 MiB'],
    [215_000_000, '205 MiB'],
    [5 * 1024 ** 3, '5 GiB'],
    [64 * 1024 ** 3, '64 GiB'],
    [3 * 1024 ** 5, '3072 TiB'],
  ])('says %d as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('does not invent a size', () => {
    expect(formatBytes(-1)).toBe('unknown size');
    expect(formatBytes(Number.NaN)).toBe('unknown size');
  });

  it('gives the exact one beside it', () => {
    expect(formatExactBytes(1)).toBe('1 byte');
    expect(formatExactBytes(1_468_006)).toBe('1,468,006 bytes');
  });
});
