import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { isStaff } from '@/domain/roles';
import { appendAuditEvent } from '../audit/append-audit-event';
import { sha256Hex } from '../crypto/secrets';
import { getDb, inTransaction, type Tx } from '../db';
import { getEnv } from '../env';
import { SESSION_USER, startSession } from '../session/start-session';
import { createUser, lockAddress } from '../user/create-user';
import { limitRedeems } from './sign-in-limits';

type Refusal = 'used' | 'expired' | 'disabled' | 'staff_needs_oidc';
type Redeemed = { readonly actor: UserActor } | { readonly refused: Refusal };

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** The link is used up by one conditional update: of many at once, one wins. Its siblings of the same address end with it. */
async function consume(tx: Tx, link: { id: string; email: string }, now: Date): Promise<boolean> {
  const { count } = await tx.signInToken.updateMany({ where: { id: link.id, consumedAt: null, expiresAt: { gt: now } }, data: { consumedAt: now } });
  if (count !== 1) return false;
  await tx.signInToken.updateMany({ where: { email: link.email, consumedAt: null }, data: { consumedAt: now } });
  return true;
}

async function redeemIn(tx: Tx, link: { id: string; email: string; expiresAt: Date }, device: string, now: Date): Promise<Redeemed> {
  await lockAddress(tx, link.email);
  if (!(await consume(tx, link, now))) return { refused: link.expiresAt <= now ? 'expired' : 'used' };
  const known = await tx.user.findUnique({ where: { email: link.email }, select: SESSION_USER });
  if (known?.disabledAt) return { refused: 'disabled' };
  if (known && isStaff(known.role) && getEnv().OIDC_ISSUER) return { refused: 'staff_needs_oidc' };
  const user = known ?? (await createUser(tx, { email: link.email, role: 'customer', by: null, now }));
  return { actor: await startSession(tx, { user, device, method: 'email_link', now }) };
}

/**
 * Signs in by the secret of a link. An address that nobody has becomes a customer without an organization: the mailbox is
 * proven, and grants nothing else. Throws `link_invalid` for a link that is unknown, used, past its time, or whose account is
 * disabled, in the same words; `staff_sign_in_needed` where staff have to use the company account; `rate_limited`.
 */
export async function redeemSignInLink({ secret, network, device, now }: { secret: string; network: string; device: string; now: Date }): Promise<UserActor> {
  await limitRedeems({ network, now });
  const link = SECRET.test(secret) ? await getDb().signInToken.findUnique({ where: { tokenHash: sha256Hex(secret) }, select: { id: true, email: true, expiresAt: true } }) : null;
  if (!link) throw new AppError('link_invalid');
  const redeemed = await inTransaction(async (tx) => {
    const outcome = await redeemIn(tx, link, device, now);
    if ('refused' in outcome) await appendAuditEvent(tx, now, { type: 'session.refused', actor: { kind: 'anonymous' }, data: { reason: outcome.refused, linkId: link.id } });
    return outcome;
  });
  if ('actor' in redeemed) return redeemed.actor;
  throw new AppError(redeemed.refused === 'staff_needs_oidc' ? 'staff_sign_in_needed' : 'link_invalid');
}
