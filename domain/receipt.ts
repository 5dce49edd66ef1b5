import { z } from 'zod';
import { FILE_ENCODINGS } from './contracts';
import { FILE_KINDS } from './file-kinds';

/**
 * A receipt: what the portal signs once a file is verified. It names no person and no file, so that it can be kept after
 * both are gone. The signature is Ed25519 over the exact bytes of `payload` (RFC 8032), which are canonical JSON of this shape.
 */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.int().min(0);

export const receiptPayload = z.strictObject({
  type: z.literal('airlock-receipt'),
  version: z.literal(1),
  receiptId: z.uuid(),
  vendor: z.string(),
  /** The portal that issued it; its public key is at `/.well-known/airlock/receipt-key.pem` there. */
  portalUrl: z.string(),
  caseReference: z.string(),
  fileId: z.uuid(),
  kind: z.enum(FILE_KINDS),
  encoding: z.enum(FILE_ENCODINGS),
  /** SHA-256 of the file as its sender has it: what `sha256sum` says of it. With the encoding `gzip` that is the .gz file. */
  rawSha256: sha256,
  rawSizeBytes: bytes,
  /** Bytes in storage, all segments together. */
  sizeBytes: bytes,
  /** Raw bytes of each segment but the last: `split -b` with this number gives the slices whose hashes follow. */
  segmentBytes: bytes,
  segments: z
    .array(z.strictObject({ index: z.int().min(1), rawSizeBytes: bytes, rawSha256: sha256, sizeBytes: bytes, sha256 }))
    .min(1),
  reservedAt: z.iso.datetime(),
  storedAt: z.iso.datetime(),
  verifiedAt: z.iso.datetime(),
  issuedAt: z.iso.datetime(),
  /** Days that the raw data is kept (P-RAW-7), and when it is due to be gone. */
  retentionDays: z.int().min(1),
  dueAt: z.iso.datetime(),
  keyId: z.string(),
});
export type ReceiptPayload = z.infer<typeof receiptPayload>;

/** What `GET /api/v1/files/{fileId}/receipt` answers: the payload is a string, because its exact bytes are what is signed. */
export const receiptResponse = z.strictObject({
  payload: z.string(),
  /** Base64 of the 64 bytes of the signature. */
  signature: z.string(),
  keyId: z.string(),
  algorithm: z.literal('Ed25519'),
});
export type ReceiptResponse = z.infer<typeof receiptResponse>;

/** Where the public key is served, as PEM (SPKI). */
export const RECEIPT_KEY_PATH = '/.well-known/airlock/receipt-key.pem';
