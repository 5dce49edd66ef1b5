import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { ROLE_LABELS } from '@/domain/roles';
import { isUuid } from '@/domain/uuid';
import { getDb, inTransaction } from '../db';
import { isDemo } from '../env';
import { SESSION_USER, startSession } from '../session/start-session';

/** Signs in as a demo account, without proof of anything: in demo mode only, accounts of the seed only. Throws `not_found` otherwise. */
export async function signInDemo({ userId, device, now }: { userId: string; device: string; now: Date }): Promise<UserActor> {
  if (!isDemo() || !isUuid(userId)) throw new AppError('not_found');
  return inTransaction(async (tx) => {
    const user = await tx.user.findFirst({ where: { id: userId, isDemo: true, disabledAt: null }, select: SESSION_USER });
    if (!user) throw new AppError('not_found');
    return startSession(tx, { user, device, method: 'demo', now });
  });
}

export type DemoAccount = { readonly userId: string; readonly name: string; readonly email: string; readonly about: string };

/** The accounts that the sign-in page offers, in the order of the seed; none in production. */
export async function listDemoAccounts(): Promise<DemoAccount[]> {
  if (!isDemo()) return [];
  const users = await getDb().user.findMany({
    where: { isDemo: true, disabledAt: null, email: { not: null } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, email: true, role: true, organization: { select: { name: true } } },
    take: 20,
  });
  return users.map((user) => ({
    userId: user.id,
    name: user.name ?? user.email ?? '',
    email: user.email ?? '',
    about: user.organization ? `${ROLE_LABELS[user.role]}, ${user.organization.name}` : ROLE_LABELS[user.role],
  }));
}
