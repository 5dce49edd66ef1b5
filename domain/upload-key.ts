import { z } from 'zod';
import { FILE_ENCODINGS } from './contracts';
import { FILE_KINDS } from './file-kinds';

/** How long an upload key works, unless it is revoked or its case is closed before. */
export const UPLOAD_KEY_HOURS = 72;
/** Keys of one case that work at the same time: one for each machine that sends. */
export const MAX_LIVE_KEYS_PER_CASE = 10;

/** What a machine learns about its key: the case, until when, what it may send, and what it may go on with. */
export const uploadKeyResponse = z.strictObject({
  caseReference: z.string(),
  expiresAt: z.iso.datetime(),
  maxParallel: z.int(),
  maxFileBytes: z.int(),
  minSegmentBytes: z.int(),
  maxSegmentBytes: z.int(),
  maxSegmentsPerCall: z.int(),
  kinds: z.array(z.enum(FILE_KINDS)),
  /** Files of the case that are not sent to the end, whoever began them; newest first. */
  files: z.array(
    z.strictObject({
      fileId: z.uuid(),
      name: z.string(),
      kind: z.enum(FILE_KINDS),
      /** Raw bytes as announced, null where they were not known. */
      sizeBytes: z.int().nullable(),
      state: z.enum(['reserved', 'uploading']),
      segmentBytes: z.int(),
      encoding: z.enum(FILE_ENCODINGS),
      reservedAt: z.iso.datetime(),
    }),
  ),
});
export type UploadKeyResponse = z.infer<typeof uploadKeyResponse>;

export type UploadKeyState = 'works' | 'revoked' | 'ended';

/** A key as the pages show it; never the key itself. Times are ISO 8601 in UTC. */
export type UploadKeyView = {
  readonly id: string;
  /** Its first characters. */
  readonly hint: string;
  readonly state: UploadKeyState;
  /** Null once the person was erased. */
  readonly madeByName: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  /** Files that it began, and files that it brought to their end for somebody else. */
  readonly files: number;
};
