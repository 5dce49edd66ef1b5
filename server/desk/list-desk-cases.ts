import { type Actor } from '@/domain/actor';
import { DESK_PAGE_SIZE, type DeskCaseItem, type DeskCaseList, type DeskCaseQuery, type DeskCaseSort, deskNda } from '@/domain/desk-cases';
import { countByGroup, type FileGroupCounts, STATES_OF_GROUP } from '@/domain/file-groups';
import { loadCaseFacts } from '../case/case-facts';
import { caseScope } from '../case/case-scope';
import { getDb, type Prisma } from '../db';
import { ANSWERING_FILE } from '../file-request/file-request-view';
import { requirePermission } from '../http/require-permission';
import { caseSearch } from './search-where';

const columns = {
  id: true, reference: true, title: true, product: true, severity: true, status: true, createdAt: true, updatedAt: true, erasureOrderedAt: true,
  organizationId: true, ndaRequired: true, ndaChoice: true, organization: { select: { name: true } },
} as const satisfies Prisma.CaseSelect;
type Row = Prisma.CaseGetPayload<{ select: typeof columns }>;

/** Held files are erased within days, so there are never many running clocks; beyond this the order by time left is cut. */
const MAX_CLOCKS = 10_000;
const HOLDS_DATA: Prisma.CaseWhereInput = { files: { some: { clock: { endedAt: null } } } };

const ORDER: Readonly<Record<Exclude<DeskCaseSort, 'due'>, Prisma.CaseOrderByWithRelationInput[]>> = {
  activity: [{ updatedAt: 'desc' }, { id: 'desc' }],
  opened: [{ createdAt: 'desc' }, { id: 'desc' }],
  // The enum's own order: critical first.
  severity: [{ severity: 'asc' }, { updatedAt: 'desc' }, { id: 'desc' }],
  title: [{ title: 'asc' }, { id: 'asc' }],
};

function filesWhere(files: DeskCaseQuery['files']): Prisma.CaseWhereInput {
  if (files === null) return {};
  if (files === 'none') return { files: { none: {} } };
  if (files === 'awaited') return { fileRequests: { some: { status: { not: 'withdrawn' }, files: { none: ANSWERING_FILE } } } };
  return { files: { some: { state: { in: [...STATES_OF_GROUP[files]] } } } };
}

/** Everything but the tab. */
function filterWhere(actor: Actor, query: DeskCaseQuery): Prisma.CaseWhereInput {
  return {
    AND: [
      caseScope(actor),
      caseSearch(query.q),
      query.severity ? { severity: query.severity } : {},
      query.organization ? { organizationId: query.organization } : {},
      filesWhere(query.files),
      query.mine && actor.kind === 'user' ? { fileRequests: { some: { requestedById: actor.userId } } } : {},
    ],
  };
}

/** One page, the cases whose first clock runs out first at its top, then those that hold nothing by last activity. */
async function pageByDue(where: Prisma.CaseWhereInput, skip: number, take: number): Promise<Row[]> {
  const db = getDb();
  const clocks = await db.retentionClock.findMany({
    where: { endedAt: null, file: { case: where } },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    take: MAX_CLOCKS,
    select: { file: { select: { caseId: true } } },
  });
  const holding = [...new Set(clocks.flatMap(({ file }) => (file ? [file.caseId] : [])))];
  const ids = holding.slice(skip, skip + take);
  const rest = take - ids.length;
  const [held, others] = await Promise.all([
    db.case.findMany({ where: { AND: [where, { id: { in: ids } }] }, select: columns }),
    rest > 0 ? db.case.findMany({ where: { AND: [where, { NOT: HOLDS_DATA }] }, orderBy: ORDER.activity, skip: Math.max(0, skip - holding.length), take: rest, select: columns }) : [],
  ]);
  return [...held.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)), ...others];
}

/** When the first clock of each case runs out, by case id. */
async function firstDue(ids: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  const rows = await getDb().$queryRaw<{ caseId: string; dueAt: Date }[]>`
    select f."caseId", min(c."dueAt") as "dueAt" from "RetentionClock" c join "DiagnosticFile" f on f."id" = c."fileId"
    where c."endedAt" is null and f."caseId" = any(${[...ids]}::uuid[]) group by f."caseId"`;
  return new Map(rows.map((row) => [row.caseId, row.dueAt]));
}

async function countFiles(ids: string[]): Promise<ReadonlyMap<string, FileGroupCounts>> {
  const rows = await getDb().diagnosticFile.groupBy({ by: ['caseId', 'state'], where: { caseId: { in: ids } }, _count: { _all: true } });
  return new Map(ids.map((id) => [id, countByGroup(rows.filter(({ caseId }) => caseId === id).map(({ state, _count }) => ({ state, count: _count._all })))]));
}

async function serialize(rows: readonly Row[], now: Date): Promise<DeskCaseItem[]> {
  const ids = rows.map(({ id }) => id);
  const [facts, due, files] = await Promise.all([loadCaseFacts(getDb(), rows, now), firstDue(ids), countFiles(ids)]);
  return rows.flatMap((row) => {
    const known = facts.get(row.id);
    if (!known) return [];
    return [{
      reference: row.reference,
      title: row.title,
      product: row.product,
      organizationName: row.organization.name,
      severity: row.severity,
      status: row.status,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      files: files.get(row.id) ?? {},
      openRequests: known.openRequests,
      dueAt: due.get(row.id)?.toISOString() ?? null,
      policy: known.policy,
      nda: deskNda(known),
    }];
  });
}

/**
 * Cases of every organization as the desk shows them: 50 a page, the same number of queries however many rows. A page beyond
 * the last one gives the last. Needs `desk:read`; everybody else: `not_found`.
 */
export async function listDeskCases({ actor, now, query }: { actor: Actor; now: Date; query: DeskCaseQuery }): Promise<DeskCaseList> {
  requirePermission(actor, 'desk:read');
  const db = getDb();
  const filter = filterWhere(actor, query);
  const byStatus = await db.case.groupBy({ by: ['status'], where: filter, _count: { _all: true } });
  const count = (status: 'open' | 'closed') => byStatus.find((group) => group.status === status)?._count._all ?? 0;
  const counts = { open: count('open'), closed: count('closed') };
  const total = query.status === 'all' ? counts.open + counts.closed : counts[query.status];
  const page = Math.min(query.page, Math.max(1, Math.ceil(total / DESK_PAGE_SIZE)));
  const skip = (page - 1) * DESK_PAGE_SIZE;
  const where = query.status === 'all' ? filter : { AND: [filter, { status: query.status }] };
  const rows = query.sort === 'due' ? await pageByDue(where, skip, DESK_PAGE_SIZE) : await db.case.findMany({ where, orderBy: ORDER[query.sort], skip, take: DESK_PAGE_SIZE, select: columns });
  return { items: await serialize(rows, now), total, page, pageSize: DESK_PAGE_SIZE, counts };
}
