import { type CaseView, type FileRequestView } from './case-view';
import { type CaseFacts } from './case-tasks';
import { type ErasureSummary } from './erasure';
import { type DeskFileItem } from './desk-files';
import { type DeskNda } from './desk-cases';

/** Files that the desk's page of one case shows, the latest change first; the rest is found in the list of files. */
export const DESK_CASE_FILES_SHOWN = 200;

/** One event as staff read it. Times are ISO 8601 in UTC. */
export type TimelineEntry = {
  /** Position in the audit log. */
  readonly seq: string;
  readonly at: string;
  readonly type: string;
  /** A complete sentence without names. */
  readonly text: string;
  /** Who did it, as "Support engineer", "Customer", "Upload key", "The portal". */
  readonly by: string;
  /** The person's name where there is one and it was not erased. */
  readonly byName: string | null;
};

export type DeskCaseFile = Omit<DeskFileItem, 'caseReference' | 'caseTitle' | 'organizationName'> & {
  readonly segmentCount: number | null;
  readonly storedSegments: number;
  /** SHA-256 of the whole raw content as the portal read it, lower-case hex. */
  readonly sha256: string | null;
  readonly timeline: readonly TimelineEntry[];
};

export type DeskFileRequest = FileRequestView & { readonly requestedByName: string | null };

export type DeskAcceptance = { readonly version: string; readonly acceptedAt: string; readonly acceptedByName: string | null; readonly isInForce: boolean };

/** What the desk knows of one case. No address of any content is in it (P-NOCOPY). */
export type DeskCaseView = Omit<CaseView, 'tasks' | 'nextStep' | 'fileRequests' | 'organizationId'> & {
  readonly policy: CaseFacts['policy'];
  readonly nda: DeskNda;
  readonly acceptances: readonly DeskAcceptance[];
  readonly fileRequests: readonly DeskFileRequest[];
  readonly files: readonly DeskCaseFile[];
  /** Orders to erase, the newest first: that they are there, and how far they are. */
  readonly erasures: readonly ErasureSummary[];
  readonly totalFiles: number;
  /** Events of the case itself, oldest first; those of a file stand with the file. */
  readonly history: readonly TimelineEntry[];
};
