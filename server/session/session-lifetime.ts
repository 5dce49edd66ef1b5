import { HOUR_MS } from '@/domain/durations';
import { isStaff, type Role } from '@/domain/roles';

/** How long a session lives from its sign-in, whatever is done in it: a working day for staff, a week for customers. */
export function sessionLifetimeMs(role: Role): number {
  return isStaff(role) ? 12 * HOUR_MS : 7 * 24 * HOUR_MS;
}
