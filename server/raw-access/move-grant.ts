import { type Actor } from '@/domain/actor';
import { type AuditData, type AuditType } from '@/domain/audit';
import { AppError } from '@/domain/errors';
import { RAW_ACCESS_MOVES, RAW_READABLE_STATES, type RawAccessEvent } from '@/domain/raw-access';
import { appendAuditEvent } from '../audit/append-audit-event';
import { caseScope } from '../case/case-scope';
import { touchCase } from '../case/touch-case';
import { type Prisma, type Tx } from '../db';

const AUDIT_TYPE = { grant: 'raw_access.granted', refuse: 'raw_access.refused', revoke: 'raw_access.revoked', end: 'raw_access.ended' } as const satisfies Record<RawAccessEvent, AuditType>;

/** One relation only: Prisma loads several at once, which one connection of a transaction does not take. */
export const grantColumns = {
  id: true, caseId: true, askedById: true, state: true, hours: true, createdAt: true, endsAt: true,
  case: { select: { reference: true, organizationId: true, openedById: true } },
} as const satisfies Prisma.RawAccessGrantSelect;
export type GrantRow = Prisma.RawAccessGrantGetPayload<{ select: typeof grantColumns }>;

/** Of a named set: the files whose raw bytes are whole in storage and not about to go. */
export const READABLE_FILE = { state: { in: [...RAW_READABLE_STATES] }, erasureOrderedAt: null } satisfies Prisma.DiagnosticFileWhereInput;

/** The grant as far as `actor` may see its case; nobody else changes it before `tx` ends. Unknown and forbidden are the same `not_found`. */
export async function lockGrant(tx: Tx, actor: Actor, id: string): Promise<GrantRow> {
  await tx.$queryRaw`select id from "RawAccessGrant" where id = ${id}::uuid for update`;
  const row = await tx.rawAccessGrant.findFirst({ where: { id, case: caseScope(actor) }, select: grantColumns });
  if (!row) throw new AppError('not_found');
  return row;
}

export type GrantMove = {
  readonly actor: Actor;
  readonly now: Date;
  readonly grant: GrantRow;
  readonly event: RawAccessEvent;
  readonly when?: Prisma.RawAccessGrantWhereInput;
  readonly set?: Prisma.RawAccessGrantUncheckedUpdateManyInput;
  readonly data?: AuditData;
  /** What belongs to the move besides the row, such as notices. Runs only where the move happened. */
  readonly also?: (tx: Tx) => Promise<unknown>;
};

/**
 * The one way from one state of a grant to the next: a conditional update by the table of domain/raw-access.ts, with its audit event in the same
 * transaction. False where the grant is not in a state that `event` may start from: nothing was changed and nothing recorded.
 */
export async function moveGrant(tx: Tx, { actor, now, grant, event, when = {}, set = {}, data = {}, also }: GrantMove): Promise<boolean> {
  const { from, to } = RAW_ACCESS_MOVES[event];
  const { count } = await tx.rawAccessGrant.updateMany({ where: { AND: [{ id: grant.id, state: { in: [...from] } }, when] }, data: { ...set, state: to, stateAt: now } });
  if (count !== 1) return false;
  await also?.(tx);
  await touchCase(tx, grant.caseId, now);
  await appendAuditEvent(tx, now, { type: AUDIT_TYPE[event], actor, organizationId: grant.case.organizationId, caseId: grant.caseId, data: { grantId: grant.id, ...data } });
  return true;
}
