import { type FileEncoding } from './contracts';
import { type FileKind } from './file-kinds';
import { type FileState } from './file-states';

/** Who sent a file or did something to it, as the reader may know it: never a name. */
export type FileActor = 'you' | 'colleague' | 'customer' | 'support' | 'upload_key' | 'portal' | 'erased';
export const FILE_ACTOR_LABELS: Readonly<Record<FileActor, string>> = {
  you: 'You',
  colleague: 'A colleague',
  customer: 'The customer',
  support: 'Support',
  upload_key: 'An upload key',
  portal: 'The portal',
  erased: 'A person since erased',
};

/** One file as pages show it. Times are ISO 8601 in UTC, sizes bytes, hashes lower-case hex. */
export type FileView = {
  readonly id: string;
  readonly caseReference: string;
  /** Null once the file is gone. */
  readonly name: string | null;
  readonly kind: FileKind;
  readonly kindLabel: string;
  readonly encoding: FileEncoding;
  readonly state: FileState;
  /** A stable code of `QUARANTINE_REASONS`, and its sentence. */
  readonly stateReason: string | null;
  readonly stateReasonText: string | null;
  /** When the present state was entered. */
  readonly stateAt: string;
  /** Raw bytes: as announced until the file is stored, as received from then on; null where not known yet. */
  readonly rawSizeBytes: number | null;
  /** Bytes in storage, compressed; null before the file is stored. */
  readonly sizeBytes: number | null;
  readonly segmentBytes: number;
  readonly segmentCount: number | null;
  /** The whole file is one object without a number. */
  readonly isSingleObject: boolean;
  /** Segments that the portal has seen in storage, and their raw bytes: what a progress bar shows. */
  readonly storedSegments: number;
  readonly storedRawBytes: number;
  readonly sentBy: Exclude<FileActor, 'portal' | 'erased'>;
  readonly requestId: string | null;
  readonly reservedAt: string;
  readonly storedAt: string | null;
  readonly verifiedAt: string | null;
  /** When the file is due to be gone; null before it is stored and once it is gone. */
  readonly dueAt: string | null;
  /** When a customer ordered its erasure: it is being erased, or is gone. */
  readonly erasureOrderedAt: string | null;
  /** When a part of it was seen to have vanished from storage before its time; null while it is whole, and once it is gone. */
  readonly lostAt: string | null;
  /** Days that extensions in effect add to its period. */
  readonly extendedDays: number;
  /** When it was seen to be gone. */
  readonly goneAt: string | null;
  /** SHA-256 of the whole raw content, as read back by the portal. */
  readonly sha256: string | null;
  /** Page of the receipt; null before the file is verified. */
  readonly receiptUrl: string | null;
};

/** One line of a file's history. */
export type FileTimelineEntry = {
  /** Position in the audit log. */
  readonly seq: string;
  readonly at: string;
  readonly type: string;
  /** A complete sentence without names. */
  readonly text: string;
  readonly by: FileActor;
};
