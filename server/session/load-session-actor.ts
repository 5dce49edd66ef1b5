import { type UserActor } from '@/domain/actor';
import { getDb } from '../db';

/** `lastSeenAt` moves in steps, so that reading pages does not write a row each time. */
const LAST_SEEN_STEP_MS = 60_000;

/**
 * The person behind a Session row, asked of the database on every request: a revoked or expired session, a disabled person
 * and a changed role count at once. Null where the session does not hold.
 */
export async function loadSessionActor(sessionId: string, now: Date): Promise<UserActor | null> {
  const db = getDb();
  const session = await db.session.findFirst({
    where: { id: sessionId, revokedAt: null, expiresAt: { gt: now }, user: { disabledAt: null } },
    select: { id: true, lastSeenAt: true, user: { select: { id: true, role: true, organizationId: true, auditActor: { select: { id: true } } } } },
  });
  const pseudonym = session?.user.auditActor?.id;
  if (!session || !pseudonym) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > LAST_SEEN_STEP_MS) {
    await db.session.updateMany({ where: { id: session.id, lastSeenAt: { lt: now } }, data: { lastSeenAt: now } });
  }
  const { id, role, organizationId } = session.user;
  return { kind: 'user', userId: id, pseudonym, role, organizationId, sessionId: session.id };
}
