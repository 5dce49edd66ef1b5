import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { changeCase } from '../case/change-case';
import { caseScope } from '../case/case-scope';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';

/** Takes a request back and tells the opener. One that was withdrawn before stays so; one that was answered: `conflict`. */
export async function withdrawFileRequest({ actor, now, requestId }: { actor: Actor; now: Date; requestId: string }): Promise<void> {
  requirePermission(actor, 'file:request');
  await inTransaction(async (tx) => {
    const request = await tx.fileRequest.findFirst({
      where: { id: requestId, case: caseScope(actor) },
      select: { id: true, kind: true, status: true, case: { select: { id: true, reference: true, organizationId: true, openedById: true } } },
    });
    if (!request) throw new AppError('not_found');
    if (request.status === 'withdrawn') return;
    const { count } = await tx.fileRequest.updateMany({ where: { id: request.id, status: 'open' }, data: { status: 'withdrawn', endedAt: now } });
    if (count !== 1) throw new AppError('conflict');
    await changeCase(tx, {
      actor,
      now,
      caseRow: request.case,
      when: {},
      set: {},
      event: 'file_request.withdrawn',
      data: { requestId: request.id },
      also: () => queueNotice(tx, { kind: 'file_request_withdrawn', userId: request.case.openedById, caseId: request.case.id, data: { reference: request.case.reference, kindLabel: FILE_KIND_LABELS[request.kind] } }),
    });
  });
}
