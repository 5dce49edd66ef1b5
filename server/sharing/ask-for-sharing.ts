import { type z } from 'zod';
import { type Actor } from '@/domain/actor';
import { DAY_MS } from '@/domain/durations';
import { AppError, invalidField } from '@/domain/errors';
import { type askForSharingInput, SHAREABLE_STATES } from '@/domain/sharing';
import { recordInOpenCase } from '../case/change-case';
import { loadCase } from '../case/load-case';
import { inTransaction, type Tx } from '../db';
import { requireUser } from '../http/require-permission';
import { concernedCustomers } from '../notice/concerned-customers';
import { queueNotice } from '../notice/queue-notice';

export type AskForSharing = z.output<typeof askForSharingInput> & { readonly actor: Actor; readonly now: Date };

/** An address can be asked for that nobody has, or whose owner is a subcontractor already. */
async function refuseOtherAccounts(tx: Tx, email: string): Promise<void> {
  const user = await tx.user.findUnique({ where: { email }, select: { role: true, disabledAt: true } });
  if (user && (user.role !== 'subcontractor' || user.disabledAt)) throw new AppError('recipient_not_possible', { fields: [{ path: 'recipientEmail', message: 'This address has an account of another kind. Use another address.' }] });
}

/** Every file has to be of this case and whole; one that is not makes the whole request fail, so that what is shown for approval is what was meant. */
async function requireShareable(tx: Tx, caseId: string, fileIds: readonly string[]): Promise<void> {
  const count = await tx.diagnosticFile.count({ where: { id: { in: [...fileIds] }, caseId, state: { in: [...SHAREABLE_STATES] }, erasureOrderedAt: null } });
  if (count !== fileIds.length) throw invalidField('fileIds', 'Choose files of this case that have arrived and are still kept.');
}

/**
 * Asks the customer to share the results of named files with one recipient, for a purpose and until a date (P-SHARE). Nothing becomes visible to the recipient,
 * who is not even told. Throws `not_found`, `case_closed`, `recipient_not_possible`, `validation_failed`.
 */
export async function askForSharing({ actor, now, reference, recipientEmail, purpose, fileIds, days, withCaseNotes }: AskForSharing): Promise<{ readonly sharingId: string }> {
  requireUser(actor, 'sharing:ask');
  return inTransaction(async (tx) => {
    const row = await loadCase(tx, actor, reference);
    await refuseOtherAccounts(tx, recipientEmail);
    await requireShareable(tx, row.id, fileIds);
    const { id } = await tx.sharingRequest.create({
      data: { caseId: row.id, recipientEmail, purpose, withCaseNotes, askedById: actor.userId, createdAt: now, stateAt: now, endsAt: new Date(now.getTime() + days * DAY_MS), files: { create: fileIds.map((fileId) => ({ fileId })) } },
      select: { id: true },
    });
    const told = await concernedCustomers(tx, { caseRow: row, fileIds });
    await recordInOpenCase(tx, {
      actor,
      now,
      caseRow: row,
      event: 'sharing.asked',
      data: { sharingId: id, files: fileIds.length, days, withCaseNotes },
      also: async () => {
        for (const userId of told) await queueNotice(tx, { kind: 'sharing_asked', userId, caseId: row.id, data: { reference: row.reference, purpose, files: fileIds.length } });
      },
      whenClosed: 'The case is closed. Open it again before you ask to share something of it.',
    });
    return { sharingId: id };
  });
}
