import { FILE_KINDS, type FileKind } from './file-kinds';
import { FILE_GROUPS, type FileGroup, type FileGroupCounts } from './file-groups';
import { type FileState } from './file-states';
import { choiceParam, hrefWith, pageParam, type QueryParams, searchParam, uuidParam } from './query-params';

const DESK_FILE_SORTS = ['changed', 'due', 'size', 'age'] as const;
export type DeskFileSort = (typeof DESK_FILE_SORTS)[number];

/** What the list of files across cases shows; all of it stands in the address. */
export type DeskFileQuery = {
  readonly q: string;
  /** `current`: everything that is not gone. */
  readonly state: FileGroup | 'current' | 'all';
  readonly kind: FileKind | null;
  readonly organization: string | null;
  readonly sort: DeskFileSort;
  readonly page: number;
};

/** Reads the address. What is not understood counts as not said. */
export function parseDeskFileQuery(params: QueryParams): DeskFileQuery {
  return {
    q: searchParam(params),
    state: choiceParam(params, 'state', [...FILE_GROUPS, 'all'] as const, 'current'),
    kind: choiceParam(params, 'kind', FILE_KINDS, null),
    organization: uuidParam(params, 'organization'),
    sort: choiceParam(params, 'sort', DESK_FILE_SORTS, 'changed'),
    page: pageParam(params),
  };
}

/** The address of a list; a change other than of the page leads to its first page. */
export function deskFilesHref(query: DeskFileQuery, change: Partial<DeskFileQuery> = {}): string {
  const { state, sort, page, ...rest } = { ...query, page: 1, ...change };
  return hrefWith('/desk/files', { ...rest, state: state === 'current' ? null : state, sort: sort === 'changed' ? null : sort, page });
}

/** A line of the list of files. Times are ISO 8601 in UTC, sizes bytes. */
export type DeskFileItem = {
  readonly id: string;
  /** Null once the file is gone. */
  readonly name: string | null;
  readonly kind: FileKind;
  readonly state: FileState;
  readonly stateReason: string | null;
  readonly stateAt: string;
  readonly reservedAt: string;
  /** Raw: as announced until it is stored, as received from then on. */
  readonly rawSizeBytes: number | null;
  /** In storage, compressed. */
  readonly sizeBytes: number | null;
  readonly dueAt: string | null;
  /** When a part of it was seen to have vanished from storage before its time. */
  readonly lostAt: string | null;
  /** When the customer ordered its erasure. */
  readonly erasureOrderedAt: string | null;
  readonly caseReference: string;
  readonly caseTitle: string;
  readonly organizationName: string;
};

export type DeskFileList = {
  readonly items: readonly DeskFileItem[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  /** By group, with the other filters as they are. */
  readonly counts: FileGroupCounts;
};
