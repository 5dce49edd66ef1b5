import { randomInt } from 'node:crypto';
import { type Actor, type UserActor } from '@/domain/actor';
import { HOUR_MS, MINUTE_MS } from '@/domain/durations';
import { AppError } from '@/domain/errors';
import { SIGNING_CODE_DIGITS, SIGNING_CODE_MINUTES, SIGNING_SESSION_HOURS } from '@/domain/nda-agreement';
import { keyedHash, randomToken, sha256Hex } from '../crypto/secrets';
import { getDb, type Tx } from '../db';
import { queueNotice } from '../notice/queue-notice';
import { AGREEMENT_COLUMNS, type AgreementRow } from './agreement-scope';
import { type AgreementRef, recordAgreement } from './move-agreement';

export type SigningKey = {
  /** The value of the signing cookie, or nothing. */
  readonly token: string | null;
  readonly agreementId: string;
  /** Who is signed in in the same browser, if anybody. */
  readonly user: UserActor | null;
};

export type SigningSession = {
  readonly id: string;
  /** Who stands in the audit: the signed-in customer who signs in person, or somebody without an account. */
  readonly actor: Actor;
  readonly isVerified: boolean;
  readonly agreement: AgreementRow;
  readonly signatory: { readonly id: string; readonly name: string; readonly title: string; readonly email: string; readonly userId: string | null; readonly linkExpiresAt: Date | null };
};

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** A code for the e-mail check, and what is kept of it. */
function makeCode(sessionId: string): { code: string; codeHash: string } {
  const code = String(randomInt(10 ** SIGNING_CODE_DIGITS)).padStart(SIGNING_CODE_DIGITS, '0');
  return { code, codeHash: hashCode(sessionId, code) };
}

/** Keyed, since six digits are soon tried out by a reader of the database. */
export function hashCode(sessionId: string, code: string): string {
  return keyedHash('signing-code', `${sessionId}\n${code}`);
}

/** Opens a signing session for one signatory; earlier ones of theirs end. Answers the secret for the cookie. */
export async function startSigningSession(tx: Tx, { signatoryId, now, isVerified = false }: { signatoryId: string; now: Date; isVerified?: boolean }): Promise<{ id: string; token: string }> {
  await tx.ndaSigningSession.updateMany({ where: { signatoryId, revokedAt: null }, data: { revokedAt: now } });
  const token = randomToken();
  const { id } = await tx.ndaSigningSession.create({
    data: { signatoryId, tokenHash: sha256Hex(token), createdAt: now, expiresAt: new Date(now.getTime() + SIGNING_SESSION_HOURS * HOUR_MS), verifiedAt: isVerified ? now : null },
    select: { id: true },
  });
  return { id, token };
}

/** Mails a fresh code; the one before ends. Attempts are not forgiven: they are counted for each code. */
export async function mailCode(tx: Tx, { sessionId, signatory, agreement, actor, now }: { sessionId: string; signatory: { id: string; email: string }; agreement: AgreementRef; actor: Actor; now: Date }): Promise<void> {
  const { code, codeHash } = makeCode(sessionId);
  await tx.ndaSigningSession.update({ where: { id: sessionId }, data: { codeHash, codeAttempts: 0, codeExpiresAt: new Date(now.getTime() + SIGNING_CODE_MINUTES * MINUTE_MS) } });
  await queueNotice(tx, { kind: 'nda_signing_code', address: signatory.email, data: {}, secret: code });
  await recordAgreement(tx, now, actor, agreement, 'nda.code_sent', { signatoryId: signatory.id });
}

/**
 * The signing session of a browser, for this one agreement. Throws `signing_session_ended` where there is none, it is past its
 * time, its signatory was replaced, or it belongs to a customer who is not signed in (any more).
 */
export async function loadSigningSession({ token, agreementId, user }: SigningKey, now: Date, db: Pick<Tx, 'ndaSigningSession'> = getDb()): Promise<SigningSession> {
  const row = token && TOKEN.test(token)
    ? await db.ndaSigningSession.findUnique({
        where: { tokenHash: sha256Hex(token) },
        select: { id: true, expiresAt: true, revokedAt: true, verifiedAt: true, signatory: { select: { id: true, name: true, title: true, email: true, userId: true, linkExpiresAt: true, replacedAt: true, agreement: { select: AGREEMENT_COLUMNS } } } },
      })
    : null;
  const { signatory } = row ?? {};
  if (!row || !signatory || row.revokedAt || row.expiresAt <= now || signatory.replacedAt || signatory.agreement.id !== agreementId) throw new AppError('signing_session_ended');
  if (signatory.userId !== null && signatory.userId !== user?.userId) throw new AppError('signing_session_ended');
  const actor: Actor = signatory.userId !== null && user ? user : { kind: 'anonymous' };
  return { id: row.id, actor, isVerified: row.verifiedAt !== null, agreement: signatory.agreement, signatory };
}

/** The same, of somebody who has proven the address: `address_not_confirmed` otherwise. */
export async function loadVerifiedSession(key: SigningKey, now: Date, db?: Pick<Tx, 'ndaSigningSession'>): Promise<SigningSession> {
  const session = await loadSigningSession(key, now, db);
  if (!session.isVerified) throw new AppError('address_not_confirmed');
  return session;
}

/** After any outcome: no link and no browser can sign any more. */
export async function endSigning(tx: Tx, agreementId: string, now: Date): Promise<void> {
  await tx.ndaSignatory.updateMany({ where: { agreementId, linkHash: { not: null } }, data: { linkHash: null } });
  await tx.ndaSigningSession.updateMany({ where: { signatory: { agreementId }, revokedAt: null }, data: { revokedAt: now } });
}
