import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';

export type MemberView = { readonly id: string; readonly name: string | null; readonly email: string | null; readonly joinedAt: string; readonly isYou: boolean };
export type InvitationView = { readonly id: string; readonly email: string; readonly sentAt: string; readonly expiresAt: string; readonly invitedByYou: boolean };
export type OrganizationView = { readonly name: string; readonly members: readonly MemberView[]; readonly invitations: readonly InvitationView[] };

/** The actor's own organization with its members and its open invitations. Times are ISO 8601, UTC. */
export async function getOrganization({ actor, now }: { actor: UserActor; now: Date }): Promise<OrganizationView> {
  requirePermission(actor, 'organization:manage');
  const organization = await getDb().organization.findUnique({
    where: { id: actor.organizationId ?? '' },
    select: {
      name: true,
      users: { where: { disabledAt: null }, orderBy: { createdAt: 'asc' }, take: 500, select: { id: true, name: true, email: true, createdAt: true } },
      invitations: {
        where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
        orderBy: { createdAt: 'desc' },
        take: 200,
        select: { id: true, email: true, createdAt: true, expiresAt: true, invitedById: true },
      },
    },
  });
  if (!organization) throw new AppError('not_found');
  return {
    name: organization.name,
    members: organization.users.map((user) => ({ id: user.id, name: user.name, email: user.email, joinedAt: user.createdAt.toISOString(), isYou: user.id === actor.userId })),
    invitations: organization.invitations.map((row) => ({ id: row.id, email: row.email, sentAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString(), invitedByYou: row.invitedById === actor.userId })),
  };
}
