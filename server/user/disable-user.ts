import { type Actor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';
import { keepAnAdministrator, lockAdministrators, lockStaffUser, refuseOwnAccount, requireStaffManager } from './staff-rules';

/** Shuts a staff account and ends its sessions. Repeating it changes nothing. Throws `own_account`, `last_admin`, `not_found`. */
export async function disableUser({ actor, now, userId }: { actor: Actor; now: Date; userId: string }): Promise<void> {
  requireStaffManager(actor);
  refuseOwnAccount(actor, userId);
  await inTransaction(async (tx) => {
    await lockAdministrators(tx);
    const user = await lockStaffUser(tx, userId);
    if (user.disabledAt) return;
    await tx.user.update({ where: { id: user.id }, data: { disabledAt: now } });
    if (user.role === 'admin') await keepAnAdministrator(tx);
    await tx.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } });
    await appendAuditEvent(tx, now, { type: 'user.disabled', actor, data: { user: user.pseudonym } });
  });
}
