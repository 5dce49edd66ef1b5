import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';

/** Takes back an open invitation of the actor's organization. Throws `not_found` for another's, a used or a revoked one. */
export async function revokeInvitation({ actor, now, invitationId }: { actor: UserActor; now: Date; invitationId: string }): Promise<void> {
  requirePermission(actor, 'organization:manage');
  const organizationId = actor.organizationId ?? '';
  await inTransaction(async (tx) => {
    const { count } = await tx.invitation.updateMany({ where: { id: invitationId, organizationId, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } });
    if (count !== 1) throw new AppError('not_found', { detail: 'This invitation is not open any more. Reload the page.' });
    await appendAuditEvent(tx, now, { type: 'invitation.revoked', actor, organizationId, data: { invitationId } });
  });
}
