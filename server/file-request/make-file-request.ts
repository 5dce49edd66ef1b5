import { type z } from 'zod';
import { type Actor } from '@/domain/actor';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { type makeFileRequestInput } from '@/domain/file-requests';
import { recordInOpenCase } from '../case/change-case';
import { loadCase } from '../case/load-case';
import { inTransaction } from '../db';
import { requireUser } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';

export type MakeFileRequest = z.output<typeof makeFileRequestInput> & { readonly actor: Actor; readonly now: Date };

/** Asks the customer for a file of a kind, with the purpose (P-MIN), and tells the opener of the case. A closed case: `case_closed`. */
export async function makeFileRequest({ actor, now, reference, kind, purpose }: MakeFileRequest): Promise<{ id: string }> {
  requireUser(actor, 'file:request');
  return inTransaction(async (tx) => {
    const row = await loadCase(tx, actor, reference);
    const request = await tx.fileRequest.create({ data: { caseId: row.id, kind, purpose, requestedById: actor.userId, createdAt: now }, select: { id: true } });
    await recordInOpenCase(tx, {
      actor,
      now,
      caseRow: row,
      event: 'file_request.made',
      data: { requestId: request.id, kind },
      also: () => queueNotice(tx, { kind: 'file_requested', userId: row.openedById, caseId: row.id, data: { reference: row.reference, kindLabel: FILE_KIND_LABELS[kind], purpose } }),
      whenClosed: 'The case is closed. Open it again before you ask for files.',
    });
    return request;
  });
}
