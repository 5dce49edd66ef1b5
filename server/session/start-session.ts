import { type UserActor } from '@/domain/actor';
import { type Role } from '@/domain/roles';
import { appendAuditEvent } from '../audit/append-audit-event';
import { type Tx } from '../db';
import { sessionLifetimeMs } from './session-lifetime';

export type SignInMethod = 'email_link' | 'demo' | 'oidc';
export type SessionUser = { readonly id: string; readonly role: Role; readonly organizationId: string | null; readonly auditActor: { readonly id: string } | null };

/** What `startSession` needs of a user row. */
export const SESSION_USER = { id: true, role: true, organizationId: true, disabledAt: true, auditActor: { select: { id: true } } } as const;

/** Writes the Session row of a person who has just proven who they are, and its audit event, in the caller's transaction. */
export async function startSession(tx: Tx, { user, device, method, now }: { user: SessionUser; device: string; method: SignInMethod; now: Date }): Promise<UserActor> {
  if (!user.auditActor) throw new Error('A person without a pseudonym cannot sign in.');
  const expiresAt = new Date(now.getTime() + sessionLifetimeMs(user.role));
  const session = await tx.session.create({ data: { userId: user.id, device, createdAt: now, lastSeenAt: now, expiresAt }, select: { id: true } });
  const actor: UserActor = { kind: 'user', userId: user.id, pseudonym: user.auditActor.id, role: user.role, organizationId: user.organizationId, sessionId: session.id };
  await appendAuditEvent(tx, now, { type: 'session.started', actor, organizationId: user.organizationId, data: { sessionId: session.id, method, role: user.role } });
  return actor;
}
