import { type UserActor } from '@/domain/actor';
import { getDb } from '../db';

export type MyInvitation = { readonly invitationId: string; readonly organizationName: string; readonly expiresAt: string };

/** The open invitations to the address that the actor has proven by signing in; none for staff and members. */
export async function listMyInvitations({ actor, now }: { actor: UserActor; now: Date }): Promise<MyInvitation[]> {
  if (actor.role !== 'customer' || actor.organizationId !== null) return [];
  const person = await getDb().user.findUnique({ where: { id: actor.userId }, select: { email: true } });
  if (!person?.email) return [];
  const rows = await getDb().invitation.findMany({
    where: { email: person.email, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    orderBy: { createdAt: 'desc' },
    take: 20,
    select: { id: true, expiresAt: true, organization: { select: { name: true } } },
  });
  return rows.map((row) => ({ invitationId: row.id, organizationName: row.organization.name, expiresAt: row.expiresAt.toISOString() }));
}
