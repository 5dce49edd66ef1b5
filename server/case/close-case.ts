import { type Actor } from '@/domain/actor';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { endKeysOfCase } from '../upload-key/revoke-upload-key';
import { changeCase } from './change-case';
import { loadCase } from './load-case';

/** Closes a case: it takes no more files, its upload keys end, and its opener is told. Closing a closed case changes nothing. */
export async function closeCase({ actor, now, reference }: { actor: Actor; now: Date; reference: string }): Promise<void> {
  requirePermission(actor, 'case:close');
  await inTransaction(async (tx) => {
    const row = await loadCase(tx, actor, reference);
    await changeCase(tx, {
      actor,
      now,
      caseRow: row,
      when: { status: 'open' },
      set: { status: 'closed', closedAt: now },
      event: 'case.closed',
      also: async () => {
        await endKeysOfCase(tx, { actor, now, caseRow: row });
        await queueNotice(tx, { kind: 'case_closed', userId: row.openedById, caseId: row.id, data: { reference: row.reference } });
      },
    });
  });
}
