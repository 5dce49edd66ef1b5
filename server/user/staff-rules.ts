import { z } from 'zod';
import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { emailAddress } from '@/domain/text';
import { type Tx } from '../db';
import { requirePermission } from '../http/require-permission';

/** The roles that work for the vendor. A customer becomes none of them, and none of them becomes a customer. */
export const STAFF_ROLES = ['support', 'data_admin', 'admin'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export const staffRole = z.enum(STAFF_ROLES, { error: 'Choose a role.' });
export const addStaffUserInput = z.strictObject({ email: emailAddress, role: staffRole });
export const staffUserInput = z.strictObject({ userId: z.uuid({ error: 'Choose a person.' }) });
export const changeStaffRoleInput = z.strictObject({ userId: z.uuid({ error: 'Choose a person.' }), role: staffRole });

/** An administrator, or a command that somebody with a shell on the server runs (scripts/staff.ts). */
export function requireStaffManager(actor: Actor): void {
  if (actor.kind === 'system') return;
  requirePermission(actor, 'staff:manage');
}

/** Nobody locks themselves out, and nobody raises or lowers themselves. */
export function refuseOwnAccount(actor: Actor, userId: string): void {
  if (actor.kind === 'user' && actor.userId === userId) throw new AppError('own_account');
}

/**
 * Call it after the change and before the transaction ends. The rows of all administrators were locked by
 * `lockAdministrators`, so that two who disable each other at once do not both succeed.
 */
export async function keepAnAdministrator(tx: Tx): Promise<void> {
  if ((await tx.user.count({ where: { role: 'admin', disabledAt: null } })) === 0) throw new AppError('last_admin');
}

/** Makes changes to administrators happen one after another. */
export async function lockAdministrators(tx: Tx): Promise<void> {
  await tx.$queryRaw`select "id" from "User" where "role" = 'admin' order by "id" for no key update`;
}

/** The staff account behind an id, whose row stays locked; `not_found` for a customer's or an unknown one. */
export async function lockStaffUser(tx: Tx, userId: string) {
  await tx.$queryRaw`select "id" from "User" where "id" = ${userId}::uuid for no key update`;
  const user = await tx.user.findFirst({ where: { id: userId, role: { in: [...STAFF_ROLES] } }, select: { id: true, role: true, disabledAt: true, auditActor: { select: { id: true } } } });
  if (!user?.auditActor) throw new AppError('not_found');
  return { ...user, pseudonym: user.auditActor.id };
}
