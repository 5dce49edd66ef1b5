import { type Actor } from '@/domain/actor';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { changeCase } from './change-case';
import { loadCase } from './load-case';
import { assertNoCaseErasure } from './send-gate';

/** Opens a closed case again, and tells its opener. An open case stays as it is. Throws `case_closed` where its data was erased. */
export async function reopenCase({ actor, now, reference }: { actor: Actor; now: Date; reference: string }): Promise<void> {
  requirePermission(actor, 'case:close');
  await inTransaction(async (tx) => {
    const row = await loadCase(tx, actor, reference);
    await assertNoCaseErasure(tx, row.id);
    await changeCase(tx, {
      actor,
      now,
      caseRow: row,
      when: { status: 'closed', erasureOrderedAt: null },
      set: { status: 'open', closedAt: null },
      event: 'case.reopened',
      also: () => queueNotice(tx, { kind: 'case_reopened', userId: row.openedById, caseId: row.id, data: { reference: row.reference } }),
    });
  });
}
