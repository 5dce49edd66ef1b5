import { type Actor } from '@/domain/actor';
import { type AuditData, type AuditType } from '@/domain/audit';
import { AppError } from '@/domain/errors';
import { SHARING_MOVES, type SharingEvent } from '@/domain/sharing';
import { appendAuditEvent, type NewAuditEvent } from '../audit/append-audit-event';
import { caseScope } from '../case/case-scope';
import { touchCase } from '../case/touch-case';
import { type Prisma, type Tx } from '../db';

const AUDIT_TYPE = { approve: 'sharing.approved', refuse: 'sharing.refused', withdraw: 'sharing.withdrawn', end: 'sharing.ended' } as const satisfies Record<SharingEvent, AuditType>;

/** One relation only: Prisma loads several at once, which one connection of a transaction does not take. */
const columns = {
  id: true, caseId: true, state: true, recipientEmail: true, recipientUserId: true, askedById: true, endsAt: true,
  case: { select: { reference: true, organizationId: true, openedById: true } },
} as const satisfies Prisma.SharingRequestSelect;
export type SharingRow = Prisma.SharingRequestGetPayload<{ select: typeof columns }>;

/**
 * The request of `id` as far as `actor` may see its case, and nobody else changes it before `tx` ends: what is decided is decided about this row. A recipient has no
 * case, and finds nothing here. Unknown and forbidden are the same `not_found`.
 */
export async function lockSharing(tx: Tx, actor: Actor, id: string): Promise<SharingRow> {
  await tx.$queryRaw`select id from "SharingRequest" where id = ${id}::uuid for update`;
  const row = await tx.sharingRequest.findFirst({ where: { id, case: caseScope(actor) }, select: columns });
  if (!row) throw new AppError('not_found');
  return row;
}

/** The same for the portal's own jobs, which no person's scope applies to; null where there is none. */
export async function lockSharingForJob(tx: Tx, id: string): Promise<SharingRow | null> {
  await tx.$queryRaw`select id from "SharingRequest" where id = ${id}::uuid for update`;
  return tx.sharingRequest.findUnique({ where: { id }, select: columns });
}

export type SharingMove = {
  readonly actor: Actor;
  readonly now: Date;
  readonly sharing: SharingRow;
  readonly event: SharingEvent;
  readonly when?: Prisma.SharingRequestWhereInput;
  readonly set?: Prisma.SharingRequestUncheckedUpdateManyInput;
  readonly data?: AuditData;
  /** What belongs to the move besides the row, such as notices. Runs only where the move happened. */
  readonly also?: (tx: Tx) => Promise<unknown>;
};

/**
 * The one way from one state of a request to the next: a conditional update by the table of domain/sharing.ts, with its audit event in the same
 * transaction. False where the request is not in a state that `event` may start from: nothing was changed and nothing recorded.
 */
export async function moveSharing(tx: Tx, move: SharingMove): Promise<boolean> {
  const moved = await moveSharingUnrecorded(tx, move);
  if (moved) await appendAuditEvent(tx, move.now, moved);
  return moved !== null;
}

/** The same for whoever has more to change in this transaction: answers the audit event, which the caller has to append as the last thing. Null where nothing was changed. */
export async function moveSharingUnrecorded(tx: Tx, { actor, now, sharing, event, when = {}, set = {}, data = {}, also }: SharingMove): Promise<NewAuditEvent | null> {
  const { from, to } = SHARING_MOVES[event];
  const { count } = await tx.sharingRequest.updateMany({ where: { AND: [{ id: sharing.id, state: { in: [...from] } }, when] }, data: { ...set, state: to, stateAt: now } });
  if (count !== 1) return null;
  await also?.(tx);
  await touchCase(tx, sharing.caseId, now);
  return { type: AUDIT_TYPE[event], actor, organizationId: sharing.case.organizationId, caseId: sharing.caseId, data: { sharingId: sharing.id, ...data } };
}

/** Ids of the files of a request that are not gone and not about to go. */
export async function filesLeft(tx: Tx, sharingId: string): Promise<readonly string[]> {
  const rows = await tx.sharingRequestFile.findMany({ where: { sharingRequestId: sharingId, file: { state: { not: 'erased' }, erasureOrderedAt: null } }, select: { fileId: true } });
  return rows.map(({ fileId }) => fileId);
}
