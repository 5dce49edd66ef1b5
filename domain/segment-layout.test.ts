import { describe, expect, it } from 'vitest';
import { type AnnouncedSegment } from './contracts';
import { MAX_FILE_BYTES, MIN_SEGMENT_BYTES } from './limits';
import { incompleteness, isLargeObject, isSingleObject, segmentCountOf, type SegmentLayout, segmentMisfit } from './segment-layout';

const B = MIN_SEGMENT_BYTES;
const known: SegmentLayout = { sizeBytes: 2 * B + 5, segmentBytes: B, isSingleObject: false, encoding: 'raw' };
const stream: SegmentLayout = { ...known, sizeBytes: null };
const segment = (index: number, rawSizeBytes: number): AnnouncedSegment => ({ index, rawSizeBytes, rawSha256: 'a'.repeat(64), sizeBytes: 100, sha256: 'b'.repeat(64) });

describe('a file of a known size', () => {
  it('has as many segments as it needs, and an empty one has one', () => {
    expect([0, 1, B, B + 1, 2 * B + 5].map((size) => segmentCountOf(size, B))).toEqual([1, 1, 1, 2, 3]);
    expect([0, B, B + 1, null].map((size) => isSingleObject(size, B))).toEqual([true, true, false, false]);
  });

  it('takes each segment at exactly its size', () => {
    expect([segment(1, B), segment(2, B), segment(3, 5)].map((each) => segmentMisfit(known, each))).toEqual([null, null, null]);
    for (const wrong of [segment(1, B - 1), segment(3, 6), segment(3, 4), segment(4, 1), segment(4, 0)]) expect(segmentMisfit(known, wrong)).toMatch(/^Segment \d/);
  });

  it('is complete with exactly its segments', () => {
    const all = [segment(3, 5), segment(1, B), segment(2, B)];
    expect(incompleteness(known, 3, all)).toBeNull();
    expect(incompleteness(known, 3, all.slice(1))).toEqual({ missing: [3] });
    expect(incompleteness(known, 2, all)).toHaveProperty('misfit');
    expect(incompleteness(known, 4, all)).toHaveProperty('misfit');
  });
});

describe('a file whose size is not known', () => {
  it('takes segments up to the fixed size, within the largest file', () => {
    expect(segmentMisfit(stream, segment(7, B))).toBeNull();
    expect(segmentMisfit(stream, segment(7, B + 1))).toMatch(/at most/);
    expect(segmentMisfit(stream, segment(2, 0))).toMatch(/empty/);
    expect(segmentMisfit(stream, segment(1, 0))).toBeNull();
    expect(segmentMisfit(stream, segment(MAX_FILE_BYTES / B, B))).toBeNull();
    expect(segmentMisfit(stream, segment(MAX_FILE_BYTES / B + 1, 1))).toMatch(/largest/);
  });

  it('may be shorter in its last segment only, and has none beyond it', () => {
    expect(incompleteness(stream, 2, [segment(1, B), segment(2, 9)])).toBeNull();
    expect(incompleteness(stream, 2, [segment(1, 9), segment(2, B)])).toHaveProperty('misfit');
    expect(incompleteness(stream, 1, [segment(1, B), segment(2, 9)])).toHaveProperty('misfit');
    expect(incompleteness(stream, 3, [segment(2, B)])).toEqual({ missing: [1, 3] });
  });
});

it('sends slices of a gzipped file as they are', () => {
  const gzip: SegmentLayout = { ...stream, encoding: 'gzip' };
  const same = { index: 1, rawSizeBytes: 50, sizeBytes: 50, rawSha256: 'a'.repeat(64), sha256: 'a'.repeat(64) };
  expect(segmentMisfit(gzip, same)).toBeNull();
  expect(segmentMisfit(gzip, { ...same, sizeBytes: 40 })).toMatch(/gzip/);
  expect(segmentMisfit(gzip, { ...same, sha256: 'b'.repeat(64) })).toMatch(/gzip/);
});

describe('a file that is one object larger than a segment', () => {
  const large: SegmentLayout = { sizeBytes: 3 * B, segmentBytes: B, isSingleObject: true, encoding: 'gzip' };
  const whole = { index: 1, rawSizeBytes: 3 * B, rawSha256: 'a'.repeat(64), sizeBytes: 3 * B, sha256: 'a'.repeat(64) };

  it('takes the whole as its one segment, and nothing else', () => {
    expect(segmentMisfit(large, whole)).toBeNull();
    for (const wrong of [{ ...whole, rawSizeBytes: B, sizeBytes: B }, { ...whole, index: 2 }]) expect(segmentMisfit(large, wrong)).toMatch(/^Segment \d/);
    expect(incompleteness(large, 1, [whole])).toBeNull();
    expect(incompleteness(large, 3, [whole])).toHaveProperty('misfit');
  });

  it('is told apart from one that fits into a segment', () => {
    expect([large, { ...large, sizeBytes: B }, { ...large, isSingleObject: false }, { ...large, sizeBytes: null }].map(isLargeObject)).toEqual([true, false, false, false]);
  });
});
