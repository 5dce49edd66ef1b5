import { MAX_SEGMENT_BYTES, MAX_SEGMENTS, MIN_SEGMENT_BYTES } from '@/domain/limits';

const MIB = 1024 * 1024;
/** Keys carry four digits (docs/design.md, section 4); a file is cut so that they suffice where the limits allow it. */
const PREFERRED_MAX_SEGMENTS = 9999;
/** Below this uplink small segments and tight compression win, above it large segments (measured). */
export const SLOW_LINK_BYTES_PER_SECOND = 15_000_000;

export interface Slice {
  /** From 1. */
  readonly index: number;
  readonly start: number;
  /** Not included. */
  readonly end: number;
}

/** How many segments a file has; an empty file has one, of no bytes. */
export function segmentCount(sizeBytes: number, segmentBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / segmentBytes));
}

/** The slice of the raw file that segment `index` (from 1) holds. */
export function sliceOf(sizeBytes: number, segmentBytes: number, index: number): Slice {
  const count = segmentCount(sizeBytes, segmentBytes);
  if (!Number.isInteger(index) || index < 1 || index > count) throw new RangeError(`There is no segment ${index} of ${count}.`);
  const start = (index - 1) * segmentBytes;
  return { index, start, end: Math.min(sizeBytes, start + segmentBytes) };
}

/**
 * Raw bytes a segment to ask for: 8 MiB on a slow link, 32 MiB on a fast one, 12 MiB where the link is not known yet;
 * smaller for a file that would have fewer than 16 of them, so that workers and link are all busy to its end; larger for one
 * that would need more than 9,999.
 */
export function chooseSegmentBytes(sizeBytes: number, uplinkBytesPerSecond: number | null): number {
  const wish = uplinkBytesPerSecond === null ? 12 * MIB : uplinkBytesPerSecond < SLOW_LINK_BYTES_PER_SECOND ? 8 * MIB : 32 * MIB;
  const shared = Math.max(8 * MIB, Math.ceil(sizeBytes / 16 / MIB) * MIB);
  const needed = Math.ceil(sizeBytes / PREFERRED_MAX_SEGMENTS / MIB) * MIB;
  return Math.min(MAX_SEGMENT_BYTES, Math.max(MIN_SEGMENT_BYTES, needed, Math.min(wish, shared)));
}

/** True where a file can be sent at all with segments of this size. */
export function fitsSegments(sizeBytes: number, segmentBytes: number): boolean {
  return segmentCount(sizeBytes, segmentBytes) <= MAX_SEGMENTS;
}
