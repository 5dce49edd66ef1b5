import { type Actor, type UserActor } from '@/domain/actor';
import { may } from '@/domain/permissions';
import { type DeskRawAccess, type RawAccessState, rawAccessStateAt, type RawAccessView } from '@/domain/raw-access';
import { caseScope } from '../case/case-scope';
import { loadCase } from '../case/load-case';
import { getDb, type Prisma } from '../db';
import { requirePermission } from '../http/require-permission';
import { isSecondPersonNeeded } from './second-person';
import { PERSON_NAME, personName } from '../user/person-name';

const columns = {
  id: true, askedById: true, approvedById: true, reason: true, hours: true, state: true, endedBecause: true, createdAt: true, approvedAt: true, endsAt: true,
  case: { select: { reference: true } },
  files: {
    orderBy: { fileId: 'asc' },
    select: { readAt: true, readEndedAt: true, deliveredBytes: true, isWhole: true, file: { select: { id: true, name: true, kind: true, sizeBytes: true, state: true } } },
  },
} as const satisfies Prisma.RawAccessGrantSelect;
type Row = Prisma.RawAccessGrantGetPayload<{ select: typeof columns }>;

const iso = (date: Date | null) => date?.toISOString() ?? null;
const number = (value: bigint | null) => (value === null ? null : Number(value));

function serialize(row: Row, now: Date): RawAccessView {
  const state = rawAccessStateAt(row, now);
  return {
    id: row.id,
    caseReference: row.case.reference,
    reason: row.reason,
    hours: row.hours,
    state,
    endedBecause: state === row.state ? row.endedBecause : 'time',
    createdAt: row.createdAt.toISOString(),
    approvedAt: iso(row.approvedAt),
    endsAt: iso(row.endsAt),
    files: row.files.map(({ file, readAt, readEndedAt, deliveredBytes, isWhole }) => ({
      fileId: file.id,
      name: file.name,
      kind: file.kind,
      sizeBytes: number(file.sizeBytes),
      state: file.state,
      readAt: iso(readAt),
      readEndedAt: iso(readEndedAt),
      deliveredBytes: number(deliveredBytes),
      isWhole,
    })),
  };
}

/**
 * The accesses to raw bytes that were granted in a case, newest first, each with what was read under it: for its customers and for staff. A request that was never
 * granted reached nothing and is not listed. Unknown and forbidden: `not_found`.
 */
export async function listCaseRawAccess({ actor, now, reference }: { readonly actor: Actor; readonly now: Date; readonly reference: string }): Promise<readonly RawAccessView[]> {
  requirePermission(actor, 'case:read');
  const { id: caseId } = await loadCase(getDb(), actor, reference);
  const rows = await getDb().rawAccessGrant.findMany({ where: { caseId, approvedAt: { not: null } }, orderBy: { approvedAt: 'desc' }, take: 100, select: columns });
  return rows.map((row) => serialize(row, now));
}

const RAW_ACCESS_GROUPS = { open: ['asked', 'granted'], over: ['refused', 'revoked', 'ended'] } as const satisfies Record<string, readonly RawAccessState[]>;
export type RawAccessGroup = keyof typeof RAW_ACCESS_GROUPS;
const MAX_ITEMS = 100;

/** Open: waiting or in force at `now`; the rest, with what a job has yet to record, is over. */
function groupWhere(group: RawAccessGroup, now: Date): Prisma.RawAccessGrantWhereInput {
  const open = { state: { in: [...RAW_ACCESS_GROUPS.open] }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] };
  return group === 'open' ? open : { NOT: open };
}

/** Requests and grants of every case, for those who ask and decide, with what this actor may do with each. */
export async function listRawAccess({ actor, now, group }: { readonly actor: UserActor; readonly now: Date; readonly group: RawAccessGroup }): Promise<readonly DeskRawAccess[]> {
  requirePermission(actor, 'raw:decide');
  const rows = await getDb().rawAccessGrant.findMany({ where: { AND: [{ case: caseScope(actor) }, groupWhere(group, now)] }, orderBy: [{ stateAt: 'desc' }, { id: 'desc' }], take: MAX_ITEMS, select: columns });
  const people = await getDb().user.findMany({ where: { id: { in: rows.flatMap(({ askedById, approvedById }) => [askedById, approvedById ?? []].flat()) } }, select: { id: true, ...PERSON_NAME } });
  const names = new Map(people.map((person) => [person.id, personName(person)]));
  return rows.map((row) => {
    const view = serialize(row, now);
    const isYours = row.askedById === actor.userId;
    const isOpen = view.state === 'asked' || view.state === 'granted';
    return {
      ...view,
      askedByName: names.get(row.askedById) ?? null,
      approvedByName: row.approvedById === null ? null : (names.get(row.approvedById) ?? null),
      isYours,
      mayDecide: view.state === 'asked' && (!isYours || !isSecondPersonNeeded()),
      mayRevoke: isOpen && (isYours || may(actor, 'raw:revoke')),
      mayRead: view.state === 'granted' && isYours && may(actor, 'raw:ask'),
    };
  });
}

