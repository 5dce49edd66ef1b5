import { AppError } from '@/domain/errors';
import { NDA_TO_SIGN, SIGNING_CODE_ATTEMPTS } from '@/domain/nda-agreement';
import { constantTimeEqual } from '../crypto/secrets';
import { inTransaction } from '../db';
import { takeRateLimit } from '../rate-limit/take';
import { recordAgreement } from './move-agreement';
import { hashCode, loadSigningSession, mailCode, type SigningKey } from './signing-session';

/** Mails a new code to the signatory's own address. Throws `signing_session_ended`, `nda_wrong_state`, `rate_limited`. */
export async function sendNewCode({ key, now }: { key: SigningKey; now: Date }): Promise<void> {
  const session = await loadSigningSession(key, now);
  if (!NDA_TO_SIGN.includes(session.agreement.state)) throw new AppError('nda_wrong_state');
  await takeRateLimit({ purpose: 'signing-code', subject: session.signatory.id, limit: 8, windowSeconds: 3600, now });
  await inTransaction((tx) => mailCode(tx, { sessionId: session.id, ...session, now }));
}

/**
 * The e-mail check: the six digits that were mailed, within 15 minutes and five attempts. An attempt is counted before it is
 * compared, so that many at once are no more than five. Throws `signing_code_wrong`, `signing_code_expired`, `signing_session_ended`.
 */
export async function confirmSigningCode({ key, code, now }: { key: SigningKey; code: string; now: Date }): Promise<void> {
  const session = await loadSigningSession(key, now);
  if (session.isVerified) return;
  const verdict = await inTransaction(async (tx) => {
    const counted = await tx.ndaSigningSession.updateMany({
      where: { id: session.id, revokedAt: null, codeHash: { not: null }, codeExpiresAt: { gt: now }, codeAttempts: { lt: SIGNING_CODE_ATTEMPTS } },
      data: { codeAttempts: { increment: 1 } },
    });
    if (counted.count !== 1) return 'expired';
    const row = await tx.ndaSigningSession.findUniqueOrThrow({ where: { id: session.id }, select: { codeHash: true } });
    const isRight = row.codeHash !== null && constantTimeEqual(row.codeHash, hashCode(session.id, code.replace(/\s/g, '')));
    if (isRight) await tx.ndaSigningSession.update({ where: { id: session.id }, data: { verifiedAt: now, codeHash: null } });
    await recordAgreement(tx, now, session.actor, session.agreement, isRight ? 'nda.address_confirmed' : 'nda.code_refused', { signatoryId: session.signatory.id });
    return isRight ? 'right' : 'wrong';
  });
  if (verdict === 'expired') throw new AppError('signing_code_expired');
  if (verdict === 'wrong') throw new AppError('signing_code_wrong', { fields: [{ path: 'code', message: 'The code is not right. Type the six digits of the newest e-mail.' }] });
}
