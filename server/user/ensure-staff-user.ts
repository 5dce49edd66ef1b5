import { getDb } from '../db';
import { addStaffUser } from './add-staff-user';
import { changeStaffRole } from './change-staff-role';
import { enableUser } from './enable-user';
import { type StaffRole, STAFF_ROLES } from './staff-rules';

/** The author in the audit log of what was done by a command on the server. */
export const STAFF_COMMAND = { kind: 'system', name: 'staff-command' } as const;

export type Ensured = 'added' | 'role changed' | 'enabled' | 'nothing to do';

/**
 * The way to the first administrator of a fresh production portal, and back in where the last one left: sees to it that a staff
 * account with this address, role and no bar exists. Safe to repeat. Throws `address_taken` for a customer's address.
 */
export async function ensureStaffUser({ now, email, role }: { now: Date; email: string; role: StaffRole }): Promise<Ensured> {
  const user = await getDb().user.findFirst({ where: { email, role: { in: [...STAFF_ROLES] } }, select: { id: true, role: true, disabledAt: true } });
  if (!user) {
    await addStaffUser({ actor: STAFF_COMMAND, now, email, role });
    return 'added';
  }
  if (user.disabledAt) await enableUser({ actor: STAFF_COMMAND, now, userId: user.id });
  if (user.role !== role) await changeStaffRole({ actor: STAFF_COMMAND, now, userId: user.id, role });
  if (user.role !== role) return 'role changed';
  return user.disabledAt ? 'enabled' : 'nothing to do';
}
