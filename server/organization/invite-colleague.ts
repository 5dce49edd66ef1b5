import { z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { emailAddress } from '@/domain/text';
import { appendAuditEvent } from '../audit/append-audit-event';
import { randomToken, sha256Hex } from '../crypto/secrets';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { takeRateLimit } from '../rate-limit/take';
import { lockAddress } from '../user/create-user';

export const inviteColleagueInput = z.strictObject({ email: emailAddress });

const DAY_SECONDS = 24 * 60 * 60;
export const INVITATION_DAYS = 7;

/**
 * Mails an invitation into the actor's organization: once usable, for seven days, for exactly this address. A newer one to the
 * same address replaces the older. Whether the address has an account elsewhere is not looked up, so it cannot be found out.
 * Throws `already_a_member`, `rate_limited`.
 */
export async function inviteColleague({ actor, now, email }: { actor: UserActor; now: Date; email: string }): Promise<void> {
  requirePermission(actor, 'organization:manage');
  const organizationId = actor.organizationId ?? '';
  await takeRateLimit({ purpose: 'invite-organization', subject: organizationId, limit: 30, windowSeconds: DAY_SECONDS, now });
  await takeRateLimit({ purpose: 'invite-address', subject: email, limit: 5, windowSeconds: DAY_SECONDS, now });
  const secret = randomToken();
  await inTransaction(async (tx) => {
    await lockAddress(tx, email);
    if (await tx.user.findFirst({ where: { email, organizationId }, select: { id: true } })) throw new AppError('already_a_member');
    const organization = await tx.organization.findUniqueOrThrow({ where: { id: organizationId }, select: { name: true } });
    await tx.invitation.updateMany({ where: { organizationId, email, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } });
    const { id } = await tx.invitation.create({
      data: { organizationId, email, tokenHash: sha256Hex(secret), invitedById: actor.userId, createdAt: now, expiresAt: new Date(now.getTime() + INVITATION_DAYS * DAY_SECONDS * 1000) },
      select: { id: true },
    });
    await queueNotice(tx, { kind: 'invitation', address: email, data: { organizationName: organization.name }, secret });
    await appendAuditEvent(tx, now, { type: 'invitation.sent', actor, organizationId, data: { invitationId: id } });
  });
}
