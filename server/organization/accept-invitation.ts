import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { appendAuditEvent } from '../audit/append-audit-event';
import { sha256Hex } from '../crypto/secrets';
import { getDb, inTransaction, type Prisma, type Tx } from '../db';
import { queueNotice } from '../notice/queue-notice';
import { takeRateLimit } from '../rate-limit/take';
import { lockAddress } from '../user/create-user';

/** The secret of the mailed link, or the id that /welcome shows to the person whose proven address was invited. */
export type InvitationKey = { readonly secret: string } | { readonly invitationId: string };

const OPEN = { acceptedAt: null, revokedAt: null } as const;

const whereOf = (key: InvitationKey): Prisma.InvitationWhereUniqueInput => ('secret' in key ? { tokenHash: sha256Hex(key.secret) } : { id: key.invitationId });

async function join(tx: Tx, actor: UserActor, invitation: { id: string; organizationId: string }, now: Date): Promise<void> {
  const used = await tx.invitation.updateMany({ where: { id: invitation.id, ...OPEN, expiresAt: { gt: now } }, data: { acceptedAt: now } });
  if (used.count !== 1) throw new AppError('link_invalid');
  const joined = await tx.user.updateMany({
    where: { id: actor.userId, role: 'customer', organizationId: null, disabledAt: null },
    data: { organizationId: invitation.organizationId },
  });
  if (joined.count !== 1) throw new AppError('already_in_organization');
}

/**
 * Joins the organization that invited the actor. An invitation belongs to its address: being signed in with it is what proves
 * the right to join, so one that was forwarded is worth nothing to somebody else. Throws `link_invalid` (unknown, used, revoked,
 * past its time), `invitation_for_other_address`, `already_in_organization`, `rate_limited`.
 */
export async function acceptInvitation({ actor, now, key }: { actor: UserActor; now: Date; key: InvitationKey }): Promise<{ organizationName: string }> {
  await takeRateLimit({ purpose: 'accept-invitation', subject: actor.userId, limit: 30, windowSeconds: 15 * 60, now });
  const person = await getDb().user.findUnique({ where: { id: actor.userId }, select: { email: true, organizationId: true } });
  return inTransaction(async (tx) => {
    if (person?.email) await lockAddress(tx, person.email);
    const invitation = await tx.invitation.findUnique({
      where: whereOf(key),
      select: { id: true, email: true, organizationId: true, invitedById: true, acceptedAt: true, revokedAt: true, expiresAt: true, organization: { select: { name: true } } },
    });
    // By id only the invited person may know that it is there.
    if (!invitation || ('invitationId' in key && invitation.email !== person?.email)) throw new AppError('link_invalid');
    if (invitation.acceptedAt || invitation.revokedAt || invitation.expiresAt <= now) throw new AppError('link_invalid');
    if (invitation.email !== person?.email) throw new AppError('invitation_for_other_address');
    await join(tx, actor, invitation, now);
    const { organizationId, organization } = invitation;
    await queueNotice(tx, { kind: 'invitation_accepted', userId: invitation.invitedById, data: { organizationName: organization.name } });
    await appendAuditEvent(tx, now, { type: 'organization.joined', actor: { ...actor, organizationId }, organizationId, data: { invitationId: invitation.id } });
    return { organizationName: organization.name };
  });
}
