import { type UserActor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';

/** Ends every session of the actor but this one; answers how many. */
export async function revokeOtherSessions({ actor, now }: { actor: UserActor; now: Date }): Promise<number> {
  requirePermission(actor, 'session:manage');
  return inTransaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { userId: actor.userId, id: { not: actor.sessionId }, revokedAt: null, expiresAt: { gt: now } },
      data: { revokedAt: now },
    });
    if (count > 0) await appendAuditEvent(tx, now, { type: 'session.revoked', actor, organizationId: actor.organizationId, data: { others: true, count } });
    return count;
  });
}
