import { type Actor, type UserActor } from '@/domain/actor';
import { parseCaseReference } from '@/domain/case-reference';
import { AppError, invalidField } from '@/domain/errors';
import { FINAL_STATES, type FileState } from '@/domain/file-states';
import { appendAuditEvent } from '../audit/append-audit-event';
import { loadCase } from '../case/load-case';
import { touchCase } from '../case/touch-case';
import { getDb, inTransaction, isUniqueViolation, type Tx } from '../db';
import { lockFile } from '../file/load-file';
import { requireUser } from '../http/require-permission';
import { enqueueJob } from '../jobs/enqueue-job';
import { queueNotice } from '../notice/queue-notice';
import { endKeysOfCase } from '../upload-key/revoke-upload-key';
import { redactCase, redactNotices } from './redact-case';
import { type EndedAccess, stopWork } from './stop-work';

export type OrderErasure = {
  readonly actor: Actor;
  readonly now: Date;
  readonly reference: string;
  /** Left out for everything of the case. */
  readonly fileId?: string;
  /** The reference, as the customer typed it. */
  readonly confirmation: string;
};
type CaseRow = Awaited<ReturnType<typeof loadCase>>;
type Given = { readonly actor: UserActor; readonly now: Date; readonly caseRow: CaseRow };

/**
 * Orders that a file, or everything of a case, is erased (P-ERASE). What works with it stops in the same transaction, nothing is sent any more, and a job
 * begins to delete. A file that has expired can be ordered too: what was made of it outlives it. Ordering again, or ordering one file of a case that is under an
 * order, answers with the order there is. Throws `not_found`, and `validation_failed` where the reference was not typed.
 */
export async function orderErasure({ actor, now, reference, fileId, confirmation }: OrderErasure): Promise<{ readonly orderId: string; readonly reference: string }> {
  requireUser(actor, 'erasure:order');
  const { id: caseId, reference: written } = await loadCase(getDb(), actor, reference);
  if (parseCaseReference(confirmation) !== written) throw invalidField('confirmation', `Type the reference of this case: ${written}`);
  const order = async (tx: Tx) => {
    const caseRow = await loadCase(tx, actor, written);
    return fileId === undefined ? orderForCase(tx, { actor, now, caseRow }) : orderForFile(tx, { actor, now, caseRow }, fileId);
  };
  try {
    return { orderId: await inTransaction(order), reference: written };
  } catch (error) {
    // Somebody else ordered the same at the same moment.
    const before = isUniqueViolation(error) ? await findOrder(getDb(), caseId, fileId) : null;
    if (before === null) throw error;
    return { orderId: before, reference: written };
  }
}

/** The order that covers a file (its own, or its case's), or that of a whole case; null where there is none. */
async function findOrder(db: Pick<Tx, 'erasureOrder'>, caseId: string, fileId: string | undefined): Promise<string | null> {
  const row = await db.erasureOrder.findFirst({
    where: fileId === undefined ? { caseId, fileId: null } : { OR: [{ fileId }, { caseId, fileId: null }] },
    orderBy: { orderedAt: 'asc' },
    select: { id: true },
  });
  return row?.id ?? null;
}

async function orderForFile(tx: Tx, given: Given, fileId: string): Promise<string> {
  const { actor, now, caseRow } = given;
  const file = await lockFile(tx, actor, fileId);
  if (file.caseId !== caseRow.id) throw new AppError('not_found');
  const before = await findOrder(tx, caseRow.id, file.id);
  if (before !== null) return before;
  await redactNotices(tx, { caseId: caseRow.id, fileId: file.id });
  const { orderId, ended } = await makeOrder(tx, given, { fileIds: [file.id], fileId: file.id });
  await touchCase(tx, caseRow.id, now);
  await announce(tx, given, { orderId, fileId: file.id, files: 1, ended });
  return orderId;
}

/**
 * Files are locked before the case, as every move of a file does it, those that are gone as well: results are still written about them. A file that is reserved in between is taken in by the job
 * (server/erasure/erase-order.ts), which waits for whoever works with it.
 */
async function orderForCase(tx: Tx, given: Given): Promise<string> {
  const { actor, now, caseRow } = given;
  const caseId = caseRow.id;
  const all = await tx.$queryRaw<{ id: string; state: FileState }[]>`select id, state::text as state from "DiagnosticFile" where "caseId" = ${caseId}::uuid order by id for update`;
  const rows = all.filter(({ state }) => !FINAL_STATES.includes(state));
  const before = await findOrder(tx, caseId, undefined);
  if (before !== null) return before;
  await redactNotices(tx, { caseId });
  const { orderId, ended } = await makeOrder(tx, given, { fileIds: rows.map(({ id }) => id), fileId: null });
  await tx.$queryRaw`select id from "Case" where id = ${caseId}::uuid for no key update`;
  await redactCase(tx, { caseId, now });
  const keysEnded = await tx.uploadKey.count({ where: { caseId, revokedAt: null, expiresAt: { gt: now } } });
  await tx.erasureOrder.update({ where: { id: orderId }, data: { keysEnded } });
  await announce(tx, given, { orderId, fileId: null, files: rows.length, ended }, () => endKeysOfCase(tx, { actor, now, caseRow, why: 'erasure' }));
  return orderId;
}

/** The order with its files, which from here on are under it, nameless, and worked with by nobody. */
async function makeOrder(tx: Tx, { actor, now, caseRow }: Given, { fileIds, fileId }: { readonly fileIds: readonly string[]; readonly fileId: string | null }): Promise<{ orderId: string; ended: readonly EndedAccess[] }> {
  const { ended, ...stopped } = await stopWork(tx, { scope: fileId === null ? { caseId: caseRow.id } : { fileIds }, now });
  const { id } = await tx.erasureOrder.create({ data: { caseId: caseRow.id, fileId, orderedById: actor.userId, orderedAt: now, ...stopped }, select: { id: true } });
  await tx.erasureOrderFile.createMany({ data: fileIds.map((each) => ({ orderId: id, fileId: each })) });
  await tx.diagnosticFile.updateMany({ where: { id: { in: [...fileIds] } }, data: { name: null, safeName: null, erasureOrderedAt: now } });
  return { orderId: id, ended };
}

type Announced = { readonly orderId: string; readonly fileId: string | null; readonly files: number; readonly ended: readonly EndedAccess[] };

/** Tells the customer, has the job begin, and writes it down; `beforehand` is what is written down with it. */
async function announce(tx: Tx, { actor, now, caseRow }: Given, { orderId, fileId, files, ended }: Announced, beforehand?: () => Promise<void>): Promise<void> {
  const scope = fileId === null ? 'case' : 'file';
  for (const userId of new Set([actor.userId, caseRow.openedById])) {
    await queueNotice(tx, { kind: 'erasure_ordered', userId, caseId: caseRow.id, ...(fileId ? { fileId } : {}), data: { reference: caseRow.reference, orderId, scope } });
  }
  await enqueueJob(tx, 'erase', { orderId }, { jobKey: `erase:${orderId}` });
  await beforehand?.();
  const about = { actor, organizationId: caseRow.organizationId, caseId: caseRow.id };
  for (const { type, data } of ended) await appendAuditEvent(tx, now, { ...about, type, data });
  await appendAuditEvent(tx, now, { ...about, type: 'erasure.ordered', fileId, data: { orderId, scope, files } });
}
