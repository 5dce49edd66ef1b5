import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { changeCase } from '../case/change-case';
import { loadCase } from '../case/load-case';
import { inTransaction } from '../db';
import { requireUser } from '../http/require-permission';

export type ChooseNda = {
  readonly actor: Actor;
  readonly now: Date;
  readonly reference: string;
  /** `without`: go on without an NDA. `sign_later`: not now. Either can be changed while the case is open. */
  readonly choice: 'without' | 'sign_later';
};

/**
 * Records the customer's choice about the NDA. A case that support marked as needing one cannot go on without
 * (`nda_required`); a closed case takes no choice (`case_closed`). The same choice again changes nothing.
 */
export async function chooseNda({ actor, now, reference, choice }: ChooseNda): Promise<void> {
  requireUser(actor, 'nda:choose');
  await inTransaction(async (tx) => {
    const row = await loadCase(tx, actor, reference);
    const changed = await changeCase(tx, {
      actor,
      now,
      caseRow: row,
      when: { status: 'open', ndaChoice: { not: choice }, ...(choice === 'without' ? { ndaRequired: false } : {}) },
      set: { ndaChoice: choice, ndaChosenAt: now, ndaChosenById: actor.userId },
      event: 'case.nda_chosen',
      data: { choice },
    });
    if (changed) return;
    // Why not? Asked again, because somebody else may have changed the case since it was loaded.
    const current = await loadCase(tx, actor, reference);
    if (current.status !== 'open') throw new AppError('case_closed', { detail: 'The case is closed, so there is nothing to decide. Ask support to open it again.' });
    if (current.ndaChoice !== choice) throw new AppError('nda_required');
  });
}
