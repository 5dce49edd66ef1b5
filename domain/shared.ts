import { type FileKind } from './file-kinds';
import { type FileState } from './file-states';

/**
 * What the recipient of an approved sharing sees (P-SHARE): no name of a person, an organization or a file, no hash, and never a byte of what was sent. Times
 * are ISO 8601 in UTC, sizes bytes.
 */
export type SharedItem = { readonly id: string; readonly caseReference: string; readonly purpose: string; readonly endsAt: string; readonly files: number };

/** One result that is still kept; `dueAt` is when it is erased. */
export type SharedOutput = { readonly id: string; readonly title: string; readonly body: string; readonly createdAt: string; readonly dueAt: string };

export type SharedFile = {
  readonly id: string;
  readonly kind: FileKind;
  readonly rawSizeBytes: number | null;
  readonly state: FileState;
  readonly outputs: readonly SharedOutput[];
};

export type SharedRoom = Omit<SharedItem, 'files'> & {
  readonly files: readonly SharedFile[];
  /** Notes on the case as a whole, where the approval names them; else null. */
  readonly caseNotes: readonly SharedOutput[] | null;
};
