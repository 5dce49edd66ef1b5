import { type Actor, type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { dueDate, MAX_EXTENDED_DAYS } from '@/domain/retention';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction, type Tx } from '../db';
import { isErasureOrdered } from '../erasure/is-erasure-ordered';
import { type FileRow, lockFile } from '../file/load-file';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { whomToTell } from '../notice/whom-to-tell';
import { daysLeftToExtend, extendedDays, isRunning, lockClock, type LockedClock } from './move-clock';

type Propose = { readonly actor: UserActor; readonly now: Date; readonly fileId: string; readonly days: number; readonly reason: string };

/**
 * Support proposes to keep a raw file longer (P-EXTEND): the extension and the notice to the customer are written in one transaction. The clock does not
 * move here; it does when that notice was handed to mail (follow-notice.ts). Throws `not_found`, `file_wrong_state`, `extension_under_way`, `extension_too_long`, `nobody_to_tell`.
 */
export async function proposeExtension({ actor, now, fileId, days, reason }: Propose): Promise<{ extensionId: string }> {
  requirePermission(actor, 'retention:extend');
  return inTransaction(async (tx) => {
    // Under the file's lock: an order to erase comes before, and refuses it, or after, and takes out what it says.
    const file = await lockFile(tx, actor, fileId);
    const clock = await clockOf(tx, file);
    await refuseUnlessRunning(tx, file, clock, now);
    const open = await tx.retentionExtension.count({ where: { clockId: clock.id, state: 'proposed' } });
    if (open > 0) throw new AppError('extension_under_way');
    refuseTooLong(days, daysLeftToExtend(clock, file));
    const userId = await whomToTell(tx, file);
    if (userId === null) throw new AppError('nobody_to_tell');
    const dueAt = dueDate(clock.startedAt, clock.periodDays + extendedDays(clock) + days).toISOString();
    const about = { reference: file.case.reference, fileId: file.id, kindLabel: FILE_KIND_LABELS[file.kind] };
    const noticeId = await queueNotice(tx, { kind: 'extension_proposed', userId, caseId: file.caseId, fileId: file.id, data: { ...about, days, reason, dueAt } });
    const { id } = await tx.retentionExtension.create({ data: { clockId: clock.id, days, reason, proposedById: actor.userId, noticeId, createdAt: now }, select: { id: true } });
    await recordExtension(tx, { type: 'extension.proposed', actor, now, file, data: { extensionId: id, days, dueAt } });
    return { extensionId: id };
  });
}

function refuseTooLong(days: number, left: number): void {
  if (days <= left) return;
  const detail = left <= 0
    ? 'The file cannot be kept longer any more: it was kept as long as the extensions of one file may add up to. Ask the customer to send it again.'
    : `The extensions of a file add up to ${MAX_EXTENDED_DAYS} days at most, less what it took to be sent beyond a day: choose ${left} or fewer.`;
  throw new AppError('extension_too_long', { detail });
}

async function clockOf(tx: Tx, file: FileRow): Promise<LockedClock> {
  const row = await tx.retentionClock.findUnique({ where: { fileId: file.id }, select: { id: true } });
  const clock = row && (await lockClock(tx, row.id));
  if (!clock) throw new AppError('file_wrong_state', { detail: 'The file has no date yet: it is not stored. There is nothing to extend.' });
  return clock;
}

async function refuseUnlessRunning(tx: Tx, file: FileRow, clock: LockedClock, now: Date): Promise<void> {
  if (await isErasureOrdered(tx, file)) throw new AppError('file_wrong_state', { detail: 'The customer ordered the erasure of this file. It cannot be kept longer.' });
  if (clock.endedAt !== null) throw new AppError('file_wrong_state', { detail: 'The file is gone. Ask the customer to send it again.' });
  if (!isRunning(clock, now)) throw new AppError('file_wrong_state', { detail: 'The file\'s time is over and it is being erased. Ask the customer to send it again.' });
}

type Recorded = { readonly type: 'extension.proposed' | 'extension.took_effect' | 'extension.objected' | 'extension.withdrawn' | 'extension.undeliverable' | 'extension.lapsed'; readonly actor: Actor; readonly now: Date; readonly file: Pick<FileRow, 'id' | 'caseId' | 'case'>; readonly data: { readonly extensionId: string; readonly days?: number; readonly dueAt?: string } };

/** The audit event of an extension; the last thing in its transaction. */
export async function recordExtension(tx: Tx, { type, actor, now, file, data }: Recorded): Promise<void> {
  await appendAuditEvent(tx, now, { type, actor, organizationId: file.case.organizationId, caseId: file.caseId, fileId: file.id, data });
}
