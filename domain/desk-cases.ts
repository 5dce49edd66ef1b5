import { type CaseFacts } from './case-tasks';
import { SEVERITIES, type Severity } from './cases';
import { FILE_GROUPS, type FileGroup, type FileGroupCounts } from './file-groups';
import { choiceParam, firstParam, hrefWith, pageParam, type QueryParams, searchParam, uuidParam } from './query-params';

export const DESK_CASE_STATUSES = ['open', 'closed', 'all'] as const;
const DESK_CASE_SORTS = ['activity', 'opened', 'due', 'severity', 'title'] as const;
export type DeskCaseSort = (typeof DESK_CASE_SORTS)[number];
/** A group of files that the case has, files that were asked for and did not come, or no file at all. */
export const DESK_CASE_FILES = [...FILE_GROUPS, 'awaited', 'none'] as const;
export const DESK_PAGE_SIZE = 50;

/** What the list of cases shows; all of it stands in the address. */
export type DeskCaseQuery = {
  readonly q: string;
  readonly status: (typeof DESK_CASE_STATUSES)[number];
  readonly severity: Severity | null;
  readonly organization: string | null;
  readonly files: FileGroup | 'awaited' | 'none' | null;
  /** Only cases in which I asked for a file. */
  readonly mine: boolean;
  readonly sort: DeskCaseSort;
  readonly page: number;
};

/** Reads the address. What is not understood counts as not said. */
export function parseDeskCaseQuery(params: QueryParams): DeskCaseQuery {
  return {
    q: searchParam(params),
    status: choiceParam(params, 'status', DESK_CASE_STATUSES, 'open'),
    severity: choiceParam(params, 'severity', SEVERITIES, null),
    organization: uuidParam(params, 'organization'),
    files: choiceParam(params, 'files', DESK_CASE_FILES, null),
    mine: firstParam(params, 'mine') === 'yes',
    sort: choiceParam(params, 'sort', DESK_CASE_SORTS, 'activity'),
    page: pageParam(params),
  };
}

/** The address of a list; a change other than of the page leads to its first page. */
export function deskCasesHref(query: DeskCaseQuery, change: Partial<DeskCaseQuery> = {}): string {
  const { status, sort, page, ...rest } = { ...query, page: 1, ...change };
  return hrefWith('/desk', { ...rest, status: status === 'open' ? null : status, sort: sort === 'activity' ? null : sort, page });
}

/** True where something narrows the list besides its tab. */
export function isFiltered(query: DeskCaseQuery): boolean {
  return query.q !== '' || query.severity !== null || query.organization !== null || query.files !== null || query.mine;
}

/** A line of the desk's list. Times are ISO 8601 in UTC. */
export type DeskCaseItem = {
  readonly reference: string;
  readonly title: string;
  readonly product: string;
  readonly organizationName: string;
  readonly severity: Severity;
  readonly status: 'open' | 'closed';
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly files: FileGroupCounts;
  /** Open requests that no file answers yet. */
  readonly openRequests: number;
  /** When the first of its raw files is due to be gone; null where nothing is held. */
  readonly dueAt: string | null;
  readonly policy: CaseFacts['policy'];
  readonly nda: DeskNda;
};

export type DeskNda = 'in_force' | 'waits_for_us' | 'required' | 'with_signatory' | 'without' | 'sign_later' | 'undecided';

/** Where a case stands with the NDA, as staff have to know it: `required` means needed and with nobody of ours, so nothing can be sent. */
export function deskNda(facts: Pick<CaseFacts, 'ndaCovered' | 'ndaRequired' | 'ndaChoice' | 'ndaUnderWay'>): DeskNda {
  if (facts.ndaCovered) return 'in_force';
  if (facts.ndaUnderWay === 'signed' || facts.ndaUnderWay === 'paper_pending') return 'waits_for_us';
  if (facts.ndaRequired) return 'required';
  return facts.ndaUnderWay === 'sent' ? 'with_signatory' : facts.ndaChoice;
}

export type DeskCaseList = {
  readonly items: readonly DeskCaseItem[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  /** How many there are under each tab, with the other filters as they are. */
  readonly counts: { readonly open: number; readonly closed: number };
};
