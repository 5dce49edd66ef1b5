import { type UserActor } from '@/domain/actor';
import { ROLE_LABELS } from '@/domain/roles';
import { getDb } from '../db';
import { STAFF_ROLES, type StaffRole, requireStaffManager } from './staff-rules';

export type StaffView = {
  readonly userId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly role: StaffRole;
  readonly roleLabel: string;
  /** ISO 8601, UTC; null where they may sign in. */
  readonly disabledAt: string | null;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  readonly isYou: boolean;
};

/** Everybody who works for the vendor, for administrators. */
export async function listStaff({ actor }: { actor: UserActor }): Promise<StaffView[]> {
  requireStaffManager(actor);
  const rows = await getDb().user.findMany({
    where: { role: { in: [...STAFF_ROLES] } },
    orderBy: [{ role: 'asc' }, { email: 'asc' }],
    take: 1000,
    select: { id: true, name: true, email: true, role: true, disabledAt: true, createdAt: true, sessions: { orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } } },
  });
  return rows.map((row) => ({
    userId: row.id,
    name: row.name,
    email: row.email,
    role: row.role as StaffRole,
    roleLabel: ROLE_LABELS[row.role],
    disabledAt: row.disabledAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.sessions[0]?.lastSeenAt.toISOString() ?? null,
    isYou: row.id === actor.userId,
  }));
}
