import { type Actor } from '@/domain/actor';
import { type AuditData, type AuditType } from '@/domain/audit';
import { NDA_MOVES, type NdaEvent } from '@/domain/nda-agreement';
import { appendAuditEvent, type NewAuditEvent } from '../audit/append-audit-event';
import { touchCase } from '../case/touch-case';
import { type Prisma, type Tx } from '../db';

const AUDIT_TYPE = {
  send: 'nda.sent',
  forward: 'nda.forwarded',
  sign: 'nda.signed',
  countersign: 'nda.countersigned',
  decline: 'nda.declined',
  withdraw: 'nda.withdrawn',
  expire: 'nda.expired',
  submit_paper: 'nda.paper_submitted',
  accept_paper: 'nda.paper_accepted',
  refuse_paper: 'nda.paper_refused',
  end: 'nda.ended',
} as const satisfies Record<NdaEvent, AuditType>;

/** What an event about an agreement needs to know of it. */
export type AgreementRef = { readonly id: string; readonly organizationId: string; readonly caseId: string | null; readonly startedInCaseId: string | null };

export type AgreementMove = {
  readonly actor: Actor;
  readonly now: Date;
  readonly agreement: AgreementRef;
  readonly event: NdaEvent;
  /** What must still hold besides the state. */
  readonly when?: Prisma.NdaAgreementWhereInput;
  readonly set?: Prisma.NdaAgreementUncheckedUpdateManyInput;
  readonly data?: AuditData;
  /** What belongs to the move besides the row, such as a signature or a notice. Runs only where the move happened. */
  readonly also?: (tx: Tx) => Promise<unknown>;
  /** Audit events around the move's own. */
  readonly before?: readonly { readonly type: AuditType; readonly data?: AuditData }[];
  readonly then?: readonly { readonly type: AuditType; readonly data?: AuditData }[];
};

/** The case is the one on whose page it was begun, so that its history tells of it. */
function eventOf(actor: Actor, agreement: AgreementRef, type: AuditType, data: AuditData = {}): NewAuditEvent {
  return { type, actor, organizationId: agreement.organizationId, caseId: agreement.caseId ?? agreement.startedInCaseId, data: { agreementId: agreement.id, ...data } };
}

/** Records an event about an agreement. */
export async function recordAgreement(tx: Tx, now: Date, actor: Actor, agreement: AgreementRef, type: AuditType, data: AuditData = {}): Promise<void> {
  await appendAuditEvent(tx, now, eventOf(actor, agreement, type, data));
}

/**
 * The one way from one state of an agreement to the next: a conditional update by the table of domain/nda-agreement.ts, with
 * its audit event in the same transaction. False where the agreement is not in a state that `event` may start from: nothing
 * was changed and nothing recorded.
 */
export async function moveAgreement(tx: Tx, move: AgreementMove): Promise<boolean> {
  const moved = await moveAgreementUnrecorded(tx, move);
  for (const event of moved) await appendAuditEvent(tx, move.now, event);
  return moved.length > 0;
}

/** The same for whoever has more to change in this transaction: answers the audit events, which the caller has to append as the last thing. Empty where nothing was changed. */
export async function moveAgreementUnrecorded(tx: Tx, { actor, now, agreement, event, when = {}, set = {}, data, also, before = [], then = [] }: AgreementMove): Promise<readonly NewAuditEvent[]> {
  const { from, to } = NDA_MOVES[event];
  const { count } = await tx.ndaAgreement.updateMany({ where: { AND: [{ id: agreement.id, state: { in: [...from] } }, when] }, data: { ...set, state: to, stateAt: now } });
  if (count !== 1) return [];
  await also?.(tx);
  const caseId = agreement.caseId ?? agreement.startedInCaseId;
  if (caseId) await touchCase(tx, caseId, now);
  return [...before, { type: AUDIT_TYPE[event], data }, ...then].map((next) => eventOf(actor, agreement, next.type, next.data));
}
