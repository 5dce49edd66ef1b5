import { type CaseTask, type NextStep } from './case-tasks';
import { type CaseEnvironment, type Severity } from './cases';
import { type FileKind } from './file-kinds';

/** What pages know of a case. Times are ISO 8601 in UTC. */
export type CaseView = {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly product: string;
  readonly productVersion: string;
  readonly environment: CaseEnvironment;
  readonly severity: Severity;
  readonly description: string;
  readonly status: 'open' | 'closed';
  readonly organizationId: string;
  readonly organizationName: string;
  /** Null once the person was erased. */
  readonly openedByName: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  /** When a customer ordered everything of the case to be erased. */
  readonly erasureOrderedAt: string | null;
  readonly ndaRequired: boolean;
  readonly ndaChoice: 'undecided' | 'without' | 'sign_later';
  readonly ndaCovered: boolean;
  /** Which agreement covers the case; null where none does. */
  readonly ndaAgreement: { readonly id: string; readonly scope: 'organization' | 'case'; readonly onPaper: boolean; readonly templateVersion: string; readonly inForceUntil: string | null } | null;
  /** Whether files may be sent now. */
  readonly maySend: boolean;
  readonly tasks: readonly CaseTask[];
  readonly nextStep: NextStep;
  readonly fileRequests: readonly FileRequestView[];
};

/**
 * What support asks for (P-MIN). `sentFiles`: files sent or being sent for it. `isWaiting`: not withdrawn, and no file that
 * arrived whole answers it.
 */
export type FileRequestView = {
  readonly id: string;
  readonly kind: FileKind;
  readonly purpose: string;
  readonly status: 'open' | 'answered' | 'withdrawn';
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly sentFiles: number;
  readonly isWaiting: boolean;
};

/** A line of the customer's list of cases. */
export type CaseListItem = {
  readonly reference: string;
  readonly title: string;
  readonly product: string;
  readonly severity: Severity;
  readonly status: 'open' | 'closed';
  readonly openedByName: string | null;
  readonly updatedAt: string;
  readonly files: number;
  readonly openRequests: number;
  readonly nextStep: NextStep;
};
