import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { ROLE_LABELS } from '@/domain/roles';
import { getDb } from '../db';

export type ProfileView = { readonly name: string | null; readonly email: string | null; readonly roleLabel: string; readonly organizationName: string | null; readonly unreadNotices: number };

/** What a person sees of their own account, in the header and on the account page. */
export async function getProfile({ actor }: { actor: UserActor }): Promise<ProfileView> {
  const [user, unreadNotices] = await Promise.all([
    getDb().user.findUnique({ where: { id: actor.userId }, select: { name: true, email: true, role: true, organization: { select: { name: true } } } }),
    getDb().notice.count({ where: { userId: actor.userId, readAt: null } }),
  ]);
  if (!user) throw new AppError('not_found');
  return { name: user.name, email: user.email, roleLabel: ROLE_LABELS[user.role], organizationName: user.organization?.name ?? null, unreadNotices };
}
