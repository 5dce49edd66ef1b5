import { type UserActor } from '@/domain/actor';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';

export type SessionView = {
  readonly id: string;
  readonly device: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly isThisOne: boolean;
};

/** The places where the actor is signed in, this one first, then the latest seen. */
export async function listSessions({ actor, now }: { actor: UserActor; now: Date }): Promise<SessionView[]> {
  requirePermission(actor, 'session:manage');
  const rows = await getDb().session.findMany({
    where: { userId: actor.userId, revokedAt: null, expiresAt: { gt: now } },
    orderBy: { lastSeenAt: 'desc' },
    take: 100,
  });
  const views = rows.map((row) => ({
    id: row.id,
    device: row.device,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    isThisOne: row.id === actor.sessionId,
  }));
  return [...views.filter((view) => view.isThisOne), ...views.filter((view) => !view.isThisOne)];
}
