import { type Actor } from '@/domain/actor';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { changeCase } from './change-case';
import { loadCase } from './load-case';

/** Takes the mark "NDA required" off a case, and tells its opener. A case without the mark stays as it is. */
export async function liftNdaRequirement({ actor, now, reference }: { actor: Actor; now: Date; reference: string }): Promise<void> {
  requirePermission(actor, 'nda:require');
  await inTransaction(async (tx) => {
    const row = await loadCase(tx, actor, reference);
    await changeCase(tx, {
      actor,
      now,
      caseRow: row,
      when: { ndaRequired: true },
      set: { ndaRequired: false },
      event: 'case.nda_not_required',
      also: () => queueNotice(tx, { kind: 'nda_not_required', userId: row.openedById, caseId: row.id, data: { reference: row.reference } }),
    });
  });
}
