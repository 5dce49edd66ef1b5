import { type Actor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';
import { lockStaffUser, requireStaffManager } from './staff-rules';

/** Opens a staff account again. Repeating it changes nothing. Throws `not_found`. */
export async function enableUser({ actor, now, userId }: { actor: Actor; now: Date; userId: string }): Promise<void> {
  requireStaffManager(actor);
  await inTransaction(async (tx) => {
    const user = await lockStaffUser(tx, userId);
    if (!user.disabledAt) return;
    await tx.user.update({ where: { id: user.id }, data: { disabledAt: null } });
    await appendAuditEvent(tx, now, { type: 'user.enabled', actor, data: { user: user.pseudonym } });
  });
}
