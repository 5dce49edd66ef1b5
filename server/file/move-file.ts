import { type Actor } from '@/domain/actor';
import { type AuditData, type AuditType } from '@/domain/audit';
import { FILE_MOVES, type FileEvent } from '@/domain/file-states';
import { appendAuditEvent } from '../audit/append-audit-event';
import { touchCase } from '../case/touch-case';
import { type Prisma, type Tx } from '../db';

const AUDIT_TYPE = {
  issue_url: 'file.uploading',
  complete: 'file.stored',
  verify: 'file.verified',
  quarantine: 'file.quarantined',
  analyse: 'file.analysed',
  abandon: 'file.abandoned',
  expire: 'file.expired',
  erase: 'file.erased',
} as const satisfies Record<Exclude<FileEvent, 'reserve'>, AuditType>;

export type FileMove = {
  readonly actor: Actor;
  readonly now: Date;
  readonly file: { readonly id: string; readonly caseId: string; readonly case: { readonly organizationId: string } };
  readonly event: Exclude<FileEvent, 'reserve'>;
  /** What must still hold besides the state. */
  readonly when?: Prisma.DiagnosticFileWhereInput;
  readonly set?: Prisma.DiagnosticFileUncheckedUpdateManyInput;
  readonly data?: AuditData;
  /** What belongs to the move besides the row, such as a receipt or a notice. Runs only where the move happened. */
  readonly also?: (tx: Tx) => Promise<void>;
  /** Audit events that follow the move's own. */
  readonly then?: readonly { readonly type: AuditType; readonly data?: AuditData }[];
};

/**
 * The one way from one state of a file to the next: a conditional update by the table of domain/file-states.ts, with its audit
 * event in the same transaction. False where the file is not in a state that `event` may start from: nothing was changed
 * and nothing recorded.
 */
export async function moveFile(tx: Tx, { actor, now, file, event, when = {}, set = {}, data, also, then = [] }: FileMove): Promise<boolean> {
  const { from, to } = FILE_MOVES[event];
  const { count } = await tx.diagnosticFile.updateMany({ where: { AND: [{ id: file.id, state: { in: [...from] } }, when] }, data: { ...set, state: to, stateAt: now } });
  if (count !== 1) return false;
  await also?.(tx);
  await touchCase(tx, file.caseId, now);
  for (const next of [{ type: AUDIT_TYPE[event], data }, ...then]) {
    await appendAuditEvent(tx, now, { ...next, actor, organizationId: file.case.organizationId, caseId: file.caseId, fileId: file.id });
  }
  return true;
}
