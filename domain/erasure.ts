import { z } from 'zod';
import { FILE_ENCODINGS } from './contracts';
import { MINUTE_MS } from './durations';
import { FILE_KINDS } from './file-kinds';

/** What stands where a customer's words stood, once everything of a case was ordered to be erased. */
export const ERASED_TITLE = 'Erased case';
export const ERASED_WORD = 'Erased';
export const ERASED_TEXT = 'Erased on the customer\'s order.';

/** From order to seen to be absent takes less than this; an order that is not done by then raises the alarm. */
export const ERASURE_LATE_MINUTES = 5;
/** The clocks of S3 and of the portal may differ by this much: a URL is taken to work so much longer. */
const URL_SKEW_MS = 5 * MINUTE_MS;
/** S3 asks for the time of a URL when a PUT begins; a slow line may take this long to end it. */
export const SLOW_PUT_MS = 60 * MINUTE_MS;
/** While a PUT may still begin the portal looks each minute; afterwards each ten, for those that are slow to end. */
const SLOW_LOOK_MS = 10 * MINUTE_MS;

/** Until when the portal looks again for what a URL that ends at `urlsEndAt` may still write. */
export function watchUntil(urlsEndAt: Date): Date {
  return new Date(urlsEndAt.getTime() + SLOW_PUT_MS);
}

/** Whether it is time to look again at a file that was seen to be absent. */
export function isLookDue({ urlsEndAt, lookedAt, now }: { readonly urlsEndAt: Date; readonly lookedAt: Date | null; readonly now: Date }): boolean {
  if (lookedAt !== null && lookedAt >= watchUntil(urlsEndAt)) return false;
  if (lookedAt === null || now >= watchUntil(urlsEndAt) || now.getTime() <= urlsEndAt.getTime() + URL_SKEW_MS) return true;
  return now.getTime() - lookedAt.getTime() >= SLOW_LOOK_MS;
}

/** What a customer types to confirm, and for what. */
export const orderErasureForm = z.strictObject({
  reference: z.string(),
  /** Left out for the whole case. */
  fileId: z.uuid().optional(),
  confirmation: z.string({ error: 'Type the reference of the case.' }).max(100, { error: 'Type the reference of the case.' }),
});

const sha256 = z.hash('sha256');
const bytes = z.int().min(0);
const time = z.iso.datetime();

const segment = z.strictObject({ index: z.int().min(1), rawSizeBytes: bytes, rawSha256: sha256, sizeBytes: bytes, sha256 });

const erasedFile = z.strictObject({
  fileId: z.uuid(),
  kind: z.enum(FILE_KINDS),
  encoding: z.enum(FILE_ENCODINGS),
  /** `false` where the file was not sent to its end: the segments are those that the portal had seen in storage. */
  isComplete: z.boolean(),
  rawSizeBytes: bytes.nullable(),
  sizeBytes: bytes.nullable(),
  /** SHA-256 of the whole raw content, where the portal had read it. */
  rawSha256: sha256.nullable(),
  segments: z.array(segment),
  receiptId: z.uuid().nullable(),
  reservedAt: time,
  storedAt: time.nullable(),
  /** Where its own date had erased it before the order, which was for what was made of it: sizes and segments are then of what had been there. */
  expiredAt: time.optional(),
  /** Versions and delete markers that the first listing found in storage, and their bytes. */
  found: z.strictObject({ at: time, versions: bytes, bytes }),
  lastSeenAt: time.nullable(),
  verifiedAbsentAt: time,
  /** Until when a URL that was issued before the order could write; null where none was in force. */
  urlsEndAt: time.nullable(),
  /** What such a URL wrote after `verifiedAbsentAt`; it was deleted as well. */
  late: z.strictObject({ versions: bytes, bytes, lastSeenAt: time }).nullable(),
});
export type ErasedFile = z.infer<typeof erasedFile>;

/**
 * A certificate of erasure: what was there, when its erasure was ordered, when it was last seen and when it was seen to be absent. It names no person
 * and no file. The signature is Ed25519 over the exact bytes of `payload` (RFC 8032), which are canonical JSON of this shape. Edition 1 is
 * issued when everything was seen to be absent; where a URL could still write then, edition 2 follows once none could.
 */
export const erasureCertificatePayload = z.strictObject({
  type: z.literal('airlock-erasure-certificate'),
  version: z.literal(1),
  certificateId: z.uuid(),
  orderId: z.uuid(),
  edition: z.union([z.literal(1), z.literal(2)]),
  /** Whether this is the last edition: what URLs were issued before the order had ended, an hour before or more. */
  isFinal: z.boolean(),
  vendor: z.string(),
  /** The portal that issued it; its public key is at `/.well-known/airlock/receipt-key.pem` there. */
  portalUrl: z.string(),
  caseReference: z.string(),
  scope: z.enum(['file', 'case']),
  orderedAt: time,
  files: z.array(erasedFile),
  totals: z.strictObject({ files: bytes, segments: bytes, rawSizeBytes: bytes, sizeBytes: bytes, versions: bytes }),
  /** Analyses that were stopped, results that were emptied, upload keys that were ended. */
  runsCancelled: bytes,
  outputs: bytes,
  keysEnded: bytes,
  /** What lay under the case's prefix in storage once its files were seen to be absent. */
  strays: z.strictObject({ versions: bytes, bytes }),
  lastSeenAt: time.nullable(),
  verifiedAbsentAt: time,
  urlsEndAt: time.nullable(),
  /** Edition 2: when the portal looked for the last time. */
  lookedAgainAt: time.nullable(),
  issuedAt: time,
  keyId: z.string(),
});
export type ErasureCertificatePayload = z.infer<typeof erasureCertificatePayload>;

/** How far an order is. `certified` with a `watchUntil` in the future: the portal looks again until then. */
export type ErasureView = {
  readonly orderId: string;
  readonly caseReference: string;
  readonly scope: 'file' | 'case';
  readonly fileId: string | null;
  readonly state: 'ordered' | 'certified';
  readonly orderedAt: string;
  readonly byYou: boolean;
  readonly files: number;
  readonly filesAbsent: number;
  readonly verifiedAbsentAt: string | null;
  readonly watchUntil: string | null;
  readonly watchEndedAt: string | null;
};

/** One order as lists show it. Times are ISO 8601 in UTC. */
export type ErasureSummary = Pick<ErasureView, 'orderId' | 'scope' | 'fileId' | 'state' | 'orderedAt'> & { readonly certifiedAt: string | null; readonly certificateId: string | null };
