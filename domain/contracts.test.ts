import { describe, expect, it } from 'vitest';
import { completeFileRequest, confirmSegmentsRequest, presignSegmentsRequest, reserveFileRequest } from './contracts';

const reservation = { name: 'heap.hprof', kind: 'heap_dump', sizeBytes: 10, encoding: 'raw' };
const segment = { index: 1, rawSizeBytes: 10, rawSha256: 'a'.repeat(64), sizeBytes: 12, sha256: 'b'.repeat(64) };

describe('reserving a file', () => {
  it('takes the shape of the contract', () => {
    expect(reserveFileRequest.safeParse(reservation).success).toBe(true);
    expect(reserveFileRequest.safeParse({ ...reservation, sizeBytes: null, segmentBytes: 4 * 1024 * 1024 }).success).toBe(true);
  });

  it.each([
    [{ ...reservation, sizeBytes: -1 }],
    [{ ...reservation, sizeBytes: 1.5 }],
    [{ ...reservation, sizeBytes: Number.MAX_SAFE_INTEGER }],
    [{ ...reservation, sizeBytes: '10' }],
    [{ ...reservation, sizeBytes: undefined }],
    [{ ...reservation, kind: 'passport' }],
    [{ ...reservation, encoding: 'br' }],
    [{ ...reservation, segmentBytes: 1024 }],
    [{ ...reservation, segmentBytes: 128 * 1024 * 1024 }],
    [{ ...reservation, extra: true }],
    [{ ...reservation, name: '../x' }],
  ])('refuses %j', (body) => {
    expect(reserveFileRequest.safeParse(body).success).toBe(false);
  });
});

describe('asking for segment URLs', () => {
  it('takes 1 to 100 different segments', () => {
    const many = (count: number) => ({ segments: Array.from({ length: count }, (_, at) => ({ ...segment, index: at + 1 })) });
    expect(presignSegmentsRequest.safeParse(many(100)).success).toBe(true);
    expect(presignSegmentsRequest.safeParse(many(101)).success).toBe(false);
    expect(presignSegmentsRequest.safeParse(many(0)).success).toBe(false);
    expect(presignSegmentsRequest.safeParse({ segments: [segment, segment] }).success).toBe(false);
  });

  it.each([{ index: 0 }, { index: 1.5 }, { rawSizeBytes: -1 }, { sizeBytes: 0 }, { sha256: 'B'.repeat(64) }, { sha256: 'b' }, { sizeBytes: 1_000_000 }, { more: 1 }])('refuses a segment with %j', (change) => {
    expect(presignSegmentsRequest.safeParse({ segments: [{ ...segment, ...change }] }).success).toBe(false);
  });
});

it('refuses to complete without segments, and to look at a segment twice', () => {
  expect(completeFileRequest.safeParse({ segmentCount: 0 }).success).toBe(false);
  expect(confirmSegmentsRequest.safeParse({ indexes: [1, 1] }).success).toBe(false);
});
