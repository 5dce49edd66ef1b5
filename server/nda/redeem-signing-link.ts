import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { sha256Hex } from '../crypto/secrets';
import { limitRedeems } from '../auth/sign-in-limits';
import { getDb, inTransaction } from '../db';
import { AGREEMENT_COLUMNS } from './agreement-scope';
import { recordAgreement } from './move-agreement';
import { mailCode, startSigningSession } from './signing-session';

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * Uses a mailed link up and opens a signing session for this browser: for one agreement, never a session of a user. Whoever
 * got the link forwarded still needs the code, which goes to the address that was named. Where both have signed, the link gives the copy.
 * Throws `link_invalid` (unknown, used, replaced, past its time, over), `signing_link_for_other_account`, `rate_limited`.
 */
export async function redeemSigningLink({ secret, user, network, now }: { secret: string; user: UserActor | null; network: string; now: Date }): Promise<{ agreementId: string; token: string; isFinished: boolean }> {
  await limitRedeems({ network, now });
  const where = SECRET.test(secret) ? { linkHash: sha256Hex(secret) } : null;
  const found = where && (await getDb().ndaSignatory.findUnique({ where, select: { id: true, email: true, agreement: { select: AGREEMENT_COLUMNS } } }));
  if (!where || !found) throw new AppError('link_invalid');
  const { agreement } = found;
  if (user) {
    const person = await getDb().user.findUnique({ where: { id: user.userId }, select: { email: true } });
    if (person?.email !== found.email) throw new AppError('signing_link_for_other_account');
  }
  // Also of one that is over by now: whoever signed it keeps a right to their copy.
  const isFinished = agreement.state === 'in_force' || agreement.state === 'ended';
  if (!isFinished && agreement.state !== 'sent') throw new AppError('link_invalid');
  return inTransaction(async (tx) => {
    const used = await tx.ndaSignatory.updateMany({ where: { ...where, id: found.id, replacedAt: null, linkConsumedAt: null, linkExpiresAt: { gt: now } }, data: { linkConsumedAt: now } });
    if (used.count !== 1) throw new AppError('link_invalid');
    const session = await startSigningSession(tx, { signatoryId: found.id, now, isVerified: isFinished });
    const actor = { kind: 'anonymous' } as const;
    await recordAgreement(tx, now, actor, agreement, 'nda.link_opened', { signatoryId: found.id });
    if (!isFinished) await mailCode(tx, { sessionId: session.id, signatory: found, agreement, actor, now });
    return { agreementId: agreement.id, token: session.token, isFinished };
  });
}
