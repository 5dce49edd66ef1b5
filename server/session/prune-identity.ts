import { DAY_MS } from '@/domain/durations';
import { getDb } from '../db';

/** Kept this long after their end, so that a person who asks "what was this link?" still gets an answer. */
const KEEP_MS = 7 * DAY_MS;

/**
 * A job: removes sign-in links, sessions, invitations and rate counts that ended a week ago, and notices to an address without an
 * account. They hold addresses and are of no more use.
 */
export async function pruneIdentity({ now }: { now: Date }): Promise<{ removed: number }> {
  const db = getDb();
  const before = new Date(now.getTime() - KEEP_MS);
  const removed = await Promise.all([
    db.signInToken.deleteMany({ where: { expiresAt: { lt: before } } }),
    db.session.deleteMany({ where: { OR: [{ expiresAt: { lt: before } }, { revokedAt: { lt: before } }] } }),
    db.invitation.deleteMany({ where: { OR: [{ expiresAt: { lt: before } }, { revokedAt: { lt: before } }, { acceptedAt: { lt: before } }] } }),
    db.rateLimit.deleteMany({ where: { windowStart: { lt: before } } }),
    db.notice.deleteMany({ where: { userId: null, state: { in: ['sent', 'dead'] }, createdAt: { lt: before } } }),
  ]);
  return { removed: removed.reduce((sum, { count }) => sum + count, 0) };
}
