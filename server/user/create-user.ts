import { type Actor } from '@/domain/actor';
import { type Role } from '@/domain/roles';
import { appendAuditEvent } from '../audit/append-audit-event';
import { type Tx } from '../db';
import { SESSION_USER } from '../session/start-session';

const ADDRESS_LOCK = 7_325_002;

/** Everything that turns on one e-mail address happens one after another, until `tx` ends. Take it before any row of that address. */
export async function lockAddress(tx: Tx, email: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${ADDRESS_LOCK}::int, hashtext(${email}))`;
}

/**
 * Makes a User with their pseudonym, in one transaction with the audit event. `by` is null for a person who makes their own
 * account by signing in: then they are their own author.
 */
export async function createUser(tx: Tx, { email, role, by, now }: { email: string; role: Role; by: Actor | null; now: Date }) {
  const user = await tx.user.create({ data: { email, role, createdAt: now, auditActor: { create: {} } }, select: SESSION_USER });
  const pseudonym = user.auditActor?.id ?? '';
  const self: Actor = { kind: 'user', userId: user.id, pseudonym, role, organizationId: null, sessionId: '' };
  await appendAuditEvent(tx, now, { type: 'user.created', actor: by ?? self, data: { user: pseudonym, role } });
  return user;
}
