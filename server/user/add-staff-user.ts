import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { ROLE_LABELS } from '@/domain/roles';
import { inTransaction } from '../db';
import { queueNotice } from '../notice/queue-notice';
import { createUser, lockAddress } from './create-user';
import { requireStaffManager, type StaffRole } from './staff-rules';

/** Makes a staff account and tells its owner by mail. Throws `address_taken` where the address has an account of any kind. */
export async function addStaffUser({ actor, now, email, role }: { actor: Actor; now: Date; email: string; role: StaffRole }): Promise<{ userId: string }> {
  requireStaffManager(actor);
  return inTransaction(async (tx) => {
    await lockAddress(tx, email);
    if (await tx.user.findUnique({ where: { email }, select: { id: true } })) throw new AppError('address_taken');
    const user = await createUser(tx, { email, role, by: actor, now });
    await queueNotice(tx, { kind: 'staff_added', userId: user.id, data: { roleLabel: ROLE_LABELS[role] } });
    return { userId: user.id };
  });
}
