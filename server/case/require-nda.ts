import { type Actor } from '@/domain/actor';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { changeCase } from './change-case';
import { loadCase } from './load-case';

/**
 * Marks a case as needing a signed NDA (P-NDA): nothing can be sent before one is in force, "go on without" is taken back,
 * and the opener is told. A case that is marked already stays as it is.
 */
export async function requireNda({ actor, now, reference }: { actor: Actor; now: Date; reference: string }): Promise<void> {
  requirePermission(actor, 'nda:require');
  await inTransaction(async (tx) => {
    const row = await loadCase(tx, actor, reference);
    await changeCase(tx, {
      actor,
      now,
      caseRow: row,
      when: { ndaRequired: false },
      set: { ndaRequired: true },
      event: 'case.nda_required',
      also: async () => {
        // The row is ours since the mark was set: a choice made at the same moment is either seen here or refused there.
        await tx.case.updateMany({ where: { id: row.id, ndaChoice: 'without' }, data: { ndaChoice: 'undecided', ndaChosenAt: null, ndaChosenById: null } });
        await queueNotice(tx, { kind: 'nda_required', userId: row.openedById, caseId: row.id, data: { reference: row.reference } });
      },
    });
  });
}
