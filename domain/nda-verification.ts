import { z } from 'zod';
import { type NdaState } from './nda-agreement';

/** What a check of a PDF comes to; each has its sentence (server/esign/verify-pdf.ts). */
export type Verdict = 'VALID' | 'INTACT_UNKNOWN_SIGNER' | 'CHANGED_AFTER_SIGNING' | 'BROKEN' | 'UNSIGNED';

export type VerifiedSignature = {
  /** Name of the field, null where the file keeps it in a form that is not read here. */
  readonly field: string | null;
  /** As the certificate says it. */
  readonly signerName: string | null;
  /** As the signer claims it (`/M`), ISO 8601; null where it is not stated. */
  readonly signedAt: string | null;
  readonly intact: boolean;
  readonly coversWholeDocument: boolean;
  /** `portal` where its certificate leads to one that is trusted here. */
  readonly trustedBy: 'portal' | null;
  readonly timestamp: { readonly at: string; readonly authority: string } | null;
};

/** States in which an agreement keeps a document that was signed here. A paper copy is none: nobody's signature on it was verified. */
export const NDA_KNOWN_STATES = ['signed', 'in_force', 'ended'] as const satisfies readonly NdaState[];

/** What anybody who has the file may know of it: nothing about persons or the organization. Times are ISO 8601 in UTC. */
export type KnownDocument = {
  readonly state: (typeof NDA_KNOWN_STATES)[number];
  readonly signedByBothSides: boolean;
  /** The customer's copy from before the vendor signed: intact and known, but not the agreement as it is complete by now. */
  readonly isEarlierVersion: boolean;
  /** When the customer signed. */
  readonly signedAt: string | null;
  /** When the second side signed. */
  readonly inForceFrom: string | null;
  readonly endedAt: string | null;
};

export type HashAnswer = { readonly known: KnownDocument | null };
export type VerificationAnswer = { readonly verdict: Verdict; readonly sentence: string; readonly sha256: string; readonly known: KnownDocument | null; readonly signatures: readonly VerifiedSignature[] };

/** Bytes of a PDF that is checked: far above what an agreement has. */
export const MAX_VERIFY_BYTES = 20 * 1024 * 1024;

export const hashInput = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 lower-case hexadecimal digits.') });
