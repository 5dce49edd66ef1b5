import { type z } from 'zod';
import { type Actor } from '@/domain/actor';
import { AppError, invalidField } from '@/domain/errors';
import { type askForRawAccessInput } from '@/domain/raw-access';
import { recordInOpenCase } from '../case/change-case';
import { loadCase } from '../case/load-case';
import { inTransaction, type Tx } from '../db';
import { requireUser } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { grantIn } from './grant-in';
import { grantColumns, READABLE_FILE } from './move-grant';
import { isSecondPersonNeeded } from './second-person';

export type AskForRawAccess = z.output<typeof askForRawAccessInput> & { readonly actor: Actor; readonly now: Date };

/** The colleagues who may decide: whoever asks is not among them. */
async function secondPersons(tx: Tx, askedById: string): Promise<readonly string[]> {
  const rows = await tx.user.findMany({ where: { role: { in: ['data_admin', 'admin'] }, disabledAt: null, id: { not: askedById } }, take: 50, select: { id: true } });
  return rows.map(({ id }) => id);
}

/**
 * A data administrator asks to reach the raw bytes of named files of one case, with a reason, for at most four hours (P-LIMITED). A second person decides; where
 * the setting says that none is needed, it is granted at once and says so. Throws `not_found`, `case_closed`, `validation_failed`.
 */
export async function askForRawAccess({ actor, now, reference, reason, fileIds, hours }: AskForRawAccess): Promise<{ readonly grantId: string }> {
  requireUser(actor, 'raw:ask');
  return inTransaction(async (tx) => {
    const row = await loadCase(tx, actor, reference);
    const count = await tx.diagnosticFile.count({ where: { AND: [{ id: { in: [...fileIds] }, caseId: row.id }, READABLE_FILE] } });
    if (count !== fileIds.length) throw invalidField('fileIds', 'Choose files of this case that are stored.');
    const grant = await tx.rawAccessGrant.create({
      data: { caseId: row.id, askedById: actor.userId, reason, hours, createdAt: now, stateAt: now, files: { create: fileIds.map((fileId) => ({ fileId })) } },
      select: grantColumns,
    });
    await recordInOpenCase(tx, {
      actor,
      now,
      caseRow: row,
      event: 'raw_access.asked',
      data: { grantId: grant.id, files: fileIds.length, hours },
      also: async () => {
        if (!isSecondPersonNeeded()) return;
        for (const userId of await secondPersons(tx, actor.userId)) await queueNotice(tx, { kind: 'raw_access_asked', userId, caseId: row.id, data: { reference: row.reference } });
      },
      whenClosed: 'The case is closed: nothing of it is diagnosed any more.',
    });
    if (!isSecondPersonNeeded() && !(await grantIn(tx, { actor, now, grant }))) throw new AppError('raw_access_wrong_state');
    return { grantId: grant.id };
  });
}
