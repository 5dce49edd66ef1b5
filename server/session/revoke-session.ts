import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';

/** Ends one of the actor's own sessions. Throws `not_found` for one that is another person's or has ended already. */
export async function revokeSession({ actor, now, sessionId }: { actor: UserActor; now: Date; sessionId: string }): Promise<void> {
  requirePermission(actor, 'session:manage');
  await inTransaction(async (tx) => {
    const { count } = await tx.session.updateMany({ where: { id: sessionId, userId: actor.userId, revokedAt: null, expiresAt: { gt: now } }, data: { revokedAt: now } });
    if (count !== 1) throw new AppError('not_found', { detail: 'This session has ended already.' });
    await appendAuditEvent(tx, now, { type: 'session.revoked', actor, organizationId: actor.organizationId, data: { sessionId } });
  });
}
