import { type AnnouncedSegment, type FileEncoding } from './contracts';
import { MAX_FILE_BYTES } from './limits';

/**
 * How a file is cut: fixed when it is reserved (docs/design.md, section 4). `sizeBytes` is raw, null where it is not known in advance.
 * A single object is the whole file, also where that is larger than a segment (docs/decisions/0014-one-object-by-curl.md).
 */
export type SegmentLayout = { readonly sizeBytes: number | null; readonly segmentBytes: number; readonly isSingleObject: boolean; readonly encoding: FileEncoding };

/** Segments of a raw file of `sizeBytes`; an empty file has one, of no bytes. */
export function segmentCountOf(sizeBytes: number, segmentBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / segmentBytes));
}

/** True for a file that is one object larger than a segment: only the curl line made for it can send it. */
export function isLargeObject({ sizeBytes, segmentBytes, isSingleObject: isSingle }: Pick<SegmentLayout, 'sizeBytes' | 'segmentBytes' | 'isSingleObject'>): boolean {
  return isSingle && sizeBytes !== null && sizeBytes > segmentBytes;
}

function countOf({ sizeBytes, segmentBytes, isSingleObject: isSingle }: SegmentLayout & { readonly sizeBytes: number }): number {
  return isSingle ? 1 : segmentCountOf(sizeBytes, segmentBytes);
}

/** A file that is known to fit into one segment is one object without a number. */
export function isSingleObject(sizeBytes: number | null, segmentBytes: number): boolean {
  return sizeBytes !== null && sizeBytes <= segmentBytes;
}

/** Why a segment cannot be one of the file: a sentence, or null where it fits. */
export function segmentMisfit(layout: SegmentLayout, segment: AnnouncedSegment): string | null {
  const { index, rawSizeBytes } = segment;
  if (layout.encoding === 'gzip' && (segment.sizeBytes !== rawSizeBytes || segment.sha256 !== segment.rawSha256)) {
    return `Segment ${index}: with the encoding gzip a slice is sent as it is, so that both sizes and both hashes are the same.`;
  }
  const { sizeBytes } = layout;
  if (sizeBytes === null) return misfitOfUnknownSize(layout, segment);
  const count = countOf({ ...layout, sizeBytes });
  if (index > count) return `Segment ${index}: a file of ${sizeBytes} bytes has ${count} ${count === 1 ? 'segment' : 'segments'}.`;
  const expected = index < count ? layout.segmentBytes : sizeBytes - (count - 1) * layout.segmentBytes;
  return rawSizeBytes === expected ? null : `Segment ${index} has ${expected} raw bytes, not ${rawSizeBytes}.`;
}

function misfitOfUnknownSize({ segmentBytes }: SegmentLayout, { index, rawSizeBytes }: AnnouncedSegment): string | null {
  if (rawSizeBytes > segmentBytes) return `Segment ${index} has at most ${segmentBytes} raw bytes, not ${rawSizeBytes}.`;
  if (rawSizeBytes === 0 && index > 1) return `Segment ${index} is empty: only an empty file has an empty segment.`;
  if ((index - 1) * segmentBytes + rawSizeBytes > MAX_FILE_BYTES) return `Segment ${index} lies beyond the largest file that the portal accepts.`;
  return null;
}

export type SeenSegment = { readonly index: number; readonly rawSizeBytes: number };

/**
 * Whether `segments` (of any order, each index once) make a whole file of `segmentCount` segments: what is missing, or why they
 * can never do, or null where they do.
 */
export function incompleteness(layout: SegmentLayout, segmentCount: number, segments: readonly SeenSegment[]): { readonly missing: number[] } | { readonly misfit: string } | null {
  const { sizeBytes } = layout;
  if (sizeBytes !== null) {
    const expected = countOf({ ...layout, sizeBytes });
    if (segmentCount !== expected) return { misfit: `A file of ${sizeBytes} bytes has ${expected} segments of ${layout.segmentBytes} bytes, not ${segmentCount}.` };
  }
  const beyond = segments.find(({ index }) => index > segmentCount);
  if (beyond) return { misfit: `Segment ${beyond.index} was announced, but the file is said to have ${segmentCount}.` };
  const bytes = new Map(segments.map(({ index, rawSizeBytes }) => [index, rawSizeBytes]));
  const missing = Array.from({ length: segmentCount }, (_, at) => at + 1).filter((index) => !bytes.has(index));
  if (missing.length > 0) return { missing };
  const short = segments.find(({ index, rawSizeBytes }) => index < segmentCount && rawSizeBytes !== layout.segmentBytes);
  if (short) return { misfit: `Segment ${short.index} has ${short.rawSizeBytes} raw bytes; only the last one may be shorter than ${layout.segmentBytes}.` };
  return null;
}
