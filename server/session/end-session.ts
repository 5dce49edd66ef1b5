import { type UserActor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';

/** Signs out: ends the actor's own session. Repeating it changes nothing. */
export async function endSession({ actor, now }: { actor: UserActor; now: Date }): Promise<void> {
  await inTransaction(async (tx) => {
    const { count } = await tx.session.updateMany({ where: { id: actor.sessionId, userId: actor.userId, revokedAt: null }, data: { revokedAt: now } });
    if (count === 1) await appendAuditEvent(tx, now, { type: 'session.ended', actor, organizationId: actor.organizationId, data: { sessionId: actor.sessionId } });
  });
}
