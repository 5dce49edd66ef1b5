import { z } from 'zod';
import { FILE_KINDS } from './file-kinds';
import { fileName } from './file-name';
import { FILE_STATES } from './file-states';
import { MAX_FILE_BYTES, MAX_SEGMENT_BYTES, MAX_SEGMENTS, MAX_SEGMENTS_PER_CALL, MIN_SEGMENT_BYTES, maxCompressedBytes } from './limits';

/** HTTP contract, version 1 (docs/design.md, section 4). Used by the browser, by scripts and by the OpenAPI document alike. */

export const FILE_ENCODINGS = ['raw', 'gzip'] as const;
export type FileEncoding = (typeof FILE_ENCODINGS)[number];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'Give the SHA-256 as 64 lower-case hexadecimal digits.' });
const wholeNumber = (what: string) => z.int({ error: `Give ${what} as a whole number.` });
const index = wholeNumber('the segment index').min(1, { error: 'Segments are counted from 1.' }).max(MAX_SEGMENTS, { error: `There are at most ${MAX_SEGMENTS} segments.` });

export const reserveFileRequest = z.strictObject({
  name: fileName,
  kind: z.enum(FILE_KINDS, { error: `Give one of the kinds: ${FILE_KINDS.join(', ')}.` }),
  /** Raw bytes, or null where the size is not known in advance. */
  sizeBytes: wholeNumber('the size in bytes').min(0, { error: 'A size cannot be negative.' }).max(MAX_FILE_BYTES, { error: 'A file may have at most 64 GiB. Split it, or ask support for another way.' }).nullable(),
  encoding: z.enum(FILE_ENCODINGS, { error: 'The encoding is raw or gzip.' }),
  segmentBytes: wholeNumber('the segment size').min(MIN_SEGMENT_BYTES, { error: 'A segment has at least 4 MiB.' }).max(MAX_SEGMENT_BYTES, { error: 'A segment has at most 64 MiB.' }).optional(),
  requestId: z.uuid({ error: 'The request id is a UUID.' }).optional(),
  /** Made by the client, so that a repeated call answers with the first reservation. */
  clientFileId: z.uuid({ error: 'The client file id is a UUID.' }).optional(),
});
export type ReserveFileRequest = z.input<typeof reserveFileRequest>;

export const reserveFileResponse = z.strictObject({ fileId: z.uuid(), segmentBytes: z.int(), maxParallel: z.int() });
export type ReserveFileResponse = z.infer<typeof reserveFileResponse>;

const announcedSegment = z
  .strictObject({
    index,
    rawSizeBytes: wholeNumber('the raw size').min(0).max(MAX_SEGMENT_BYTES),
    rawSha256: sha256,
    sizeBytes: wholeNumber('the size').min(1, { error: 'An object has at least one byte.' }),
    sha256,
  })
  .refine((segment) => segment.sizeBytes <= maxCompressedBytes(segment.rawSizeBytes), { error: 'The compressed size is far above the raw size.', path: ['sizeBytes'] });
export type AnnouncedSegment = z.infer<typeof announcedSegment>;

const uniqueIndexes = (indexes: readonly number[]) => new Set(indexes).size === indexes.length;

export const presignSegmentsRequest = z.strictObject({
  segments: z
    .array(announcedSegment)
    .min(1, { error: 'Name at least one segment.' })
    .max(MAX_SEGMENTS_PER_CALL, { error: `Name at most ${MAX_SEGMENTS_PER_CALL} segments in one call.` })
    .refine((segments) => uniqueIndexes(segments.map((segment) => segment.index)), { error: 'Name each segment once.' }),
});
export type PresignSegmentsRequest = z.input<typeof presignSegmentsRequest>;

const presignedSegment = z.strictObject({
  index: z.int(),
  url: z.string(),
  /** Every header that the URL was signed over; the client sends them as they are (content-length is set by the client's HTTP stack). */
  headers: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime(),
});
export const presignSegmentsResponse = z.strictObject({
  segments: z.array(z.union([presignedSegment, z.strictObject({ index: z.int(), state: z.literal('stored') })])),
});
export type PresignSegmentsResponse = z.infer<typeof presignSegmentsResponse>;

export const confirmSegmentsRequest = z.strictObject({
  indexes: z.array(index).min(1).max(MAX_SEGMENTS_PER_CALL).refine(uniqueIndexes, { error: 'Name each segment once.' }),
});
export type ConfirmSegmentsRequest = z.input<typeof confirmSegmentsRequest>;
export const confirmSegmentsResponse = z.strictObject({
  stored: z.array(z.int()),
  missing: z.array(z.int()),
  /** Segments among `missing` whose object was not what was announced and was removed; send them again. */
  refused: z.array(z.strictObject({ index: z.int(), code: z.literal('segment_mismatch'), detail: z.string() })).optional(),
});
export type ConfirmSegmentsResponse = z.infer<typeof confirmSegmentsResponse>;

export const completeFileRequest = z.strictObject({
  segmentCount: wholeNumber('the segment count').min(1, { error: 'A file has at least one segment.' }).max(MAX_SEGMENTS),
  /** SHA-256 of the whole raw content, where the client knows it. */
  rawSha256: sha256.optional(),
});
export type CompleteFileRequest = z.input<typeof completeFileRequest>;
export const completeFileResponse = z.strictObject({ state: z.enum(FILE_STATES), receiptUrl: z.string() });
export type CompleteFileResponse = z.infer<typeof completeFileResponse>;

export const fileStatusResponse = z.strictObject({
  fileId: z.uuid(),
  caseReference: z.string(),
  /** Null once the file is gone. */
  name: z.string().nullable(),
  kind: z.enum(FILE_KINDS),
  encoding: z.enum(FILE_ENCODINGS),
  state: z.enum(FILE_STATES),
  stateReason: z.string().nullable(),
  sizeBytes: z.int().nullable(),
  segmentBytes: z.int(),
  maxParallel: z.int(),
  segmentCount: z.int().nullable(),
  segments: z.array(z.strictObject({ index: z.int(), state: z.enum(['announced', 'stored']), rawSizeBytes: z.int(), rawSha256: z.string() })),
  reservedAt: z.iso.datetime(),
  storedAt: z.iso.datetime().nullable(),
  verifiedAt: z.iso.datetime().nullable(),
  dueAt: z.iso.datetime().nullable(),
  receiptUrl: z.string().nullable(),
});
export type FileStatusResponse = z.infer<typeof fileStatusResponse>;

/** RFC 9457 problem document with our stable `code`. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  /** What to give support; also in the log line. */
  reference: z.string().optional(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  missing: z.array(z.int()).optional(),
});
export type Problem = z.infer<typeof problem>;
