import type { FileKind } from '@/domain/file-kinds';
import type { ProgressNumbers } from './file-progress';
import type { UploadProblem } from './upload-errors';

/**
 * What is happening to a file: `waiting` for its turn; `reading` it to compare with what is stored; `compressing`; `sending`;
 * `checking` by the portal that all is stored; `paused`; `offline` and `signed-out` go on by themselves; `stored`, `failed`
 * and `cancelled` are ends.
 */
export type UploadPhase =
  | 'waiting' | 'reading' | 'compressing' | 'sending' | 'checking' | 'paused' | 'offline' | 'signed-out' | 'stored' | 'failed' | 'cancelled';

/** Never changed once given out; a new one is made for each change. */
export interface FileSnapshot extends ProgressNumbers {
  readonly localId: string;
  /** Null until the portal has reserved the file. */
  readonly fileId: string | null;
  readonly name: string;
  readonly kind: FileKind;
  readonly sizeBytes: number;
  readonly phase: UploadPhase;
  /** After a reload: a click that allows reading the file, or the file chosen anew. */
  readonly needs: 'permission' | 'file' | null;
  readonly segmentsStored: number;
  /** Null until the file is reserved. */
  readonly segmentCount: number | null;
  readonly receiptUrl: string | null;
  readonly error: UploadProblem | null;
}

export interface QueueSnapshot {
  /** In the order in which they were added. */
  readonly files: readonly FileSnapshot[];
  /** Something would stop if the page were left now. */
  readonly isBusy: boolean;
  /** The session has ended: sign in again, then call `signedInAgain`. */
  readonly isSignedOut: boolean;
  /** What the device remembers is back; before that a file that is chosen again may belong to one that is not in the list yet. */
  readonly isRestored: boolean;
}
