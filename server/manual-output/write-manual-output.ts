import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { isLookedAt, MAX_OUTPUTS_PER_CASE, utf8Bytes } from '@/domain/manual-output';
import { dueDate } from '@/domain/retention';
import { appendAuditEvent } from '../audit/append-audit-event';
import { touchCase } from '../case/touch-case';
import { inTransaction } from '../db';
import { isErasureOrdered } from '../erasure/is-erasure-ordered';
import { lockFile } from '../file/load-file';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { whomToTell } from '../notice/whom-to-tell';
import { getRetentionPeriods } from '../retention/retention-periods';

type WriteOutput = { readonly actor: UserActor; readonly now: Date; readonly fileId: string; readonly title: string; readonly body: string };

/**
 * Staff write down what they found in a file: plain text that the customer and the desk can read for one day (P-MANUAL-1). It is kept in the database, never in
 * storage, so that emptying the row is its end. Throws `not_found`, `file_wrong_state`, `too_many_outputs`.
 */
export async function writeManualOutput({ actor, now, fileId, title, body }: WriteOutput): Promise<{ outputId: string }> {
  requirePermission(actor, 'output:write');
  return inTransaction(async (tx) => {
    const file = await lockFile(tx, actor, fileId);
    if (await isErasureOrdered(tx, file)) throw new AppError('file_wrong_state', { detail: 'The customer ordered the erasure of this file and of what was made of it. Nothing can be written about it.' });
    if (!isLookedAt(file.state)) throw new AppError('file_wrong_state', { detail: 'A result can be written once the file is stored.' });
    const kept = await tx.manualOutput.count({ where: { caseId: file.caseId, clock: { endedAt: null } } });
    if (kept >= MAX_OUTPUTS_PER_CASE) throw new AppError('too_many_outputs');
    const { manual_output: periodDays } = await getRetentionPeriods(tx);
    const dueAt = dueDate(now, periodDays);
    const sizeBytes = utf8Bytes(body);
    const { id: outputId } = await tx.manualOutput.create({
      data: { caseId: file.caseId, fileId: file.id, title, body, sizeBytes, writtenById: actor.userId, createdAt: now, clock: { create: { subject: 'manual_output', startedAt: now, periodDays, dueAt } } },
      select: { id: true },
    });
    const userId = await whomToTell(tx, file);
    const about = { reference: file.case.reference, fileId: file.id, kindLabel: FILE_KIND_LABELS[file.kind] };
    if (userId !== null) await queueNotice(tx, { kind: 'manual_output_written', userId, caseId: file.caseId, fileId: file.id, data: { ...about, outputId, dueAt: dueAt.toISOString() } });
    await touchCase(tx, file.caseId, now);
    await appendAuditEvent(tx, now, { type: 'manual_output.written', actor, organizationId: file.case.organizationId, caseId: file.caseId, fileId: file.id, data: { outputId, sizeBytes, dueAt: dueAt.toISOString() } });
    return { outputId };
  });
}
