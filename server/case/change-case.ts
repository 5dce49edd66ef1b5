import { type Actor } from '@/domain/actor';
import { type AuditData, type AuditType } from '@/domain/audit';
import { AppError } from '@/domain/errors';
import { type Prisma, type Tx } from '../db';
import { appendAuditEvent } from '../audit/append-audit-event';

export type CaseChange = {
  readonly actor: Actor;
  readonly now: Date;
  readonly caseRow: { readonly id: string; readonly organizationId: string };
  /** What must still hold for the change to happen. */
  readonly when: Prisma.CaseWhereInput;
  readonly set: Prisma.CaseUncheckedUpdateManyInput;
  readonly event: AuditType;
  readonly data?: AuditData;
  /** What belongs to the change besides the row, such as a notice. Runs before the audit event, only where the change happened. */
  readonly also?: (tx: Tx) => Promise<unknown>;
};

/**
 * One conditional update of a case with its audit event in the same transaction. False where `when` did not hold any more:
 * nothing was changed and nothing recorded.
 */
export async function changeCase(tx: Tx, change: CaseChange): Promise<boolean> {
  const { actor, now, caseRow, when, set, event, data, also } = change;
  const { count } = await tx.case.updateMany({ where: { AND: [{ id: caseRow.id }, when] }, data: { ...set, updatedAt: now } });
  if (count !== 1) return false;
  await also?.(tx);
  await appendAuditEvent(tx, now, { type: event, actor, organizationId: caseRow.organizationId, caseId: caseRow.id, data });
  return true;
}

export type OpenCaseEvent = Omit<CaseChange, 'when' | 'set'> & {
  /** What to do about a case that is closed, where the catalogue's sentence does not fit. */
  readonly whenClosed?: string;
};

/** Records something that happens in an open case alone. Throws `case_closed`, which takes back what the transaction did before. */
export async function recordInOpenCase(tx: Tx, { whenClosed, ...change }: OpenCaseEvent): Promise<void> {
  if (await changeCase(tx, { ...change, when: { status: 'open' }, set: {} })) return;
  throw new AppError('case_closed', whenClosed === undefined ? {} : { detail: whenClosed });
}
