import { type Actor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';
import { keepAnAdministrator, lockAdministrators, lockStaffUser, refuseOwnAccount, requireStaffManager, type StaffRole } from './staff-rules';

/**
 * Gives a staff account another role; their sessions end, so that the new role starts with a sign-in. Repeating it changes
 * nothing. Throws `own_account`, `last_admin`, `not_found`.
 */
export async function changeStaffRole({ actor, now, userId, role }: { actor: Actor; now: Date; userId: string; role: StaffRole }): Promise<void> {
  requireStaffManager(actor);
  refuseOwnAccount(actor, userId);
  await inTransaction(async (tx) => {
    await lockAdministrators(tx);
    const user = await lockStaffUser(tx, userId);
    if (user.role === role) return;
    await tx.user.update({ where: { id: user.id }, data: { role } });
    if (user.role === 'admin') await keepAnAdministrator(tx);
    await tx.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } });
    await appendAuditEvent(tx, now, { type: 'user.role_changed', actor, data: { user: user.pseudonym, from: user.role, to: role } });
  });
}
