import { type Actor } from '@/domain/actor';
import { DESK_PAGE_SIZE } from '@/domain/desk-cases';
import { type DeskFileItem, type DeskFileList, type DeskFileQuery, type DeskFileSort } from '@/domain/desk-files';
import { countByGroup, STATES_OF_GROUP } from '@/domain/file-groups';
import { FILE_STATES, FINAL_STATES, type FileState } from '@/domain/file-states';
import { fileScope } from '../case/case-scope';
import { getDb, type Prisma } from '../db';
import { lostMark } from '../file/load-file-views';
import { rawSizeOf, sizeInBytes } from '../file/size-in-bytes';
import { requirePermission } from '../http/require-permission';
import { dueOfClock } from '../retention/due-of-clock';
import { fileSearch } from './search-where';

const columns = {
  id: true, name: true, kind: true, state: true, stateReason: true, stateAt: true, reservedAt: true, lostAt: true,
  announcedSizeBytes: true, rawSizeBytes: true, sizeBytes: true, erasureOrderedAt: true,
  clock: { select: { dueAt: true, endedAt: true } },
  case: { select: { reference: true, title: true, organization: { select: { name: true } } } },
} as const satisfies Prisma.DiagnosticFileSelect;
type Row = Prisma.DiagnosticFileGetPayload<{ select: typeof columns }>;

const ORDER: Readonly<Record<DeskFileSort, Prisma.DiagnosticFileOrderByWithRelationInput[]>> = {
  changed: [{ stateAt: 'desc' }, { id: 'desc' }],
  due: [{ clock: { dueAt: 'asc' } }, { id: 'asc' }],
  size: [{ rawSizeBytes: { sort: 'desc', nulls: 'last' } }, { announcedSizeBytes: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
  age: [{ reservedAt: 'asc' }, { id: 'asc' }],
};

function statesOf(state: DeskFileQuery['state']): readonly FileState[] {
  if (state === 'all') return FILE_STATES;
  if (state === 'current') return FILE_STATES.filter((each) => !FINAL_STATES.includes(each));
  return STATES_OF_GROUP[state];
}

function serialize(row: Row): DeskFileItem {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    stateReason: row.stateReason,
    stateAt: row.stateAt.toISOString(),
    reservedAt: row.reservedAt.toISOString(),
    rawSizeBytes: rawSizeOf(row),
    sizeBytes: sizeInBytes(row.sizeBytes),
    dueAt: dueOfClock(row.clock),
    lostAt: lostMark(row),
    erasureOrderedAt: row.erasureOrderedAt?.toISOString() ?? null,
    caseReference: row.case.reference,
    caseTitle: row.case.title,
    organizationName: row.case.organization.name,
  };
}

/** Files across cases and organizations: 50 a page, three queries. Needs `desk:read`; everybody else: `not_found`. */
export async function listDeskFiles({ actor, query }: { actor: Actor; query: DeskFileQuery }): Promise<DeskFileList> {
  requirePermission(actor, 'desk:read');
  const db = getDb();
  const filter: Prisma.DiagnosticFileWhereInput = {
    AND: [
      fileScope(actor),
      fileSearch(query.q),
      query.kind ? { kind: query.kind } : {},
      query.organization ? { case: { organizationId: query.organization } } : {},
    ],
  };
  const states = statesOf(query.state);
  const byState = await db.diagnosticFile.groupBy({ by: ['state'], where: filter, _count: { _all: true } });
  const total = byState.reduce((sum, group) => (states.includes(group.state) ? sum + group._count._all : sum), 0);
  const page = Math.min(query.page, Math.max(1, Math.ceil(total / DESK_PAGE_SIZE)));
  const rows = await db.diagnosticFile.findMany({
    where: { AND: [filter, { state: { in: [...states] } }] },
    orderBy: ORDER[query.sort],
    skip: (page - 1) * DESK_PAGE_SIZE,
    take: DESK_PAGE_SIZE,
    select: columns,
  });
  return { items: rows.map(serialize), total, page, pageSize: DESK_PAGE_SIZE, counts: countByGroup(byState.map(({ state, _count }) => ({ state, count: _count._all }))) };
}
