import { z } from 'zod';
import { type Actor, type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { daysLater, NDA_EXPIRY_DAYS, NDA_UNDER_WAY } from '@/domain/nda-agreement';
import { randomToken, sha256Hex } from '../crypto/secrets';
import { getDb, inTransaction, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { takeRateLimit } from '../rate-limit/take';
import { type AgreementRow, loadAgreement, lockAgreement } from './agreement-scope';
import { agreementDetails, createAgreement, signatoryDetails, signatoryEmail, type SignatoryDetails } from './create-agreement';
import { moveAgreement } from './move-agreement';
import { requirePrintableDetails } from './printable';
import { loadVerifiedSession, type SigningKey } from './signing-session';
import { limitAgreements } from './start-signing';

const person = { ...signatoryDetails, email: signatoryEmail } as const;
export const sendToSignatoryInput = z.strictObject({ reference: z.string().max(40), ...agreementDetails, ...person });
export const forwardInput = z.strictObject({ agreementId: z.uuid(), ...person });

/** Gives the signatory a fresh single-use link and mails it. It lives as long as the agreement waits. */
export async function mailLink(tx: Tx, { signatoryId, agreement, email, isReminder, expiresAt }: { signatoryId: string; agreement: Pick<AgreementRow, 'partyName'>; email: string; isReminder: boolean; expiresAt: Date }): Promise<void> {
  const secret = randomToken();
  await tx.ndaSignatory.update({ where: { id: signatoryId }, data: { linkHash: sha256Hex(secret), linkConsumedAt: null, linkExpiresAt: expiresAt } });
  await queueNotice(tx, { kind: 'nda_signing_link', address: email, data: { organizationName: agreement.partyName ?? '', isReminder }, secret });
}

/**
 * "Send to our signatory": makes the agreement and mails a link to a person who needs no account. Throws what `createAgreement`
 * does, `validation_failed`, `rate_limited`.
 */
export async function sendToSignatory({ actor, now, reference, name, title, email, ...details }: { actor: UserActor; now: Date } & z.output<typeof sendToSignatoryInput>): Promise<{ agreementId: string }> {
  requirePermission(actor, 'nda:sign');
  await limitAgreements(actor.organizationId ?? '', now);
  await limitSignatory(email, now);
  requirePrintableDetails({ partyName: details.partyName, partyAddress: details.partyAddress, name, title });
  return inTransaction(async (tx) => {
    const { agreement, signatoryId } = await createAgreement(tx, { actor, now, reference, details, signatory: { name, title, email, userId: null } });
    if (!signatoryId) throw new AppError('internal');
    const also = () => mailLink(tx, { signatoryId, agreement, email, isReminder: false, expiresAt: daysLater(now, NDA_EXPIRY_DAYS) });
    if (!(await moveAgreement(tx, { actor, now, agreement, event: 'send', set: { sentAt: now }, data: { signatoryId }, also }))) throw new AppError('nda_wrong_state');
    return { agreementId: agreement.id };
  });
}

async function limitSignatory(email: string, now: Date): Promise<void> {
  await takeRateLimit({ purpose: 'nda-signatory', subject: email, limit: 10, windowSeconds: 24 * 3600, now });
}

async function replaceSignatory(tx: Tx, { actor, now, agreement, next }: { actor: Actor; now: Date; agreement: AgreementRow; next: SignatoryDetails }): Promise<void> {
  await lockAgreement(tx, agreement.id);
  const also = async () => {
    const earlier = await tx.ndaSignatory.findFirst({ where: { agreementId: agreement.id, replacedAt: null }, select: { id: true, email: true, userId: true } });
    await tx.ndaSignatory.updateMany({ where: { agreementId: agreement.id, replacedAt: null }, data: { replacedAt: now, linkHash: null } });
    await tx.ndaSigningSession.updateMany({ where: { signatory: { agreementId: agreement.id }, revokedAt: null }, data: { revokedAt: now } });
    const { id } = await tx.ndaSignatory.create({ data: { agreementId: agreement.id, ...next, createdAt: now }, select: { id: true } });
    await mailLink(tx, { signatoryId: id, agreement, email: next.email, isReminder: false, expiresAt: daysLater(now, NDA_EXPIRY_DAYS) });
    if (earlier && earlier.userId === null && earlier.email !== next.email) await queueNotice(tx, { kind: 'nda_withdrawn_for_signatory', address: earlier.email, data: { organizationName: agreement.partyName ?? '' } });
  };
  // What was drawn names the earlier signatory: it is drawn anew when the next one begins to read.
  const set = { sentAt: now, noticeEmail: next.email, document: null, documentSha256: null, contentSha256: null };
  if (!(await moveAgreement(tx, { actor, now, agreement, event: 'forward', set, also }))) throw new AppError('nda_wrong_state');
}

/**
 * Gives the agreement to another signatory, or mails the same one a fresh link: the link before ends at that moment, and so does every
 * browser that was about to sign. By the customer, or by the signatory who is not the one to sign. The 14 days begin anew. Throws `rate_limited`, `nda_wrong_state`, `validation_failed`.
 */
export async function forwardAgreement({ by, now, agreementId, ...next }: { by: UserActor | SigningKey; now: Date } & z.output<typeof forwardInput>): Promise<void> {
  if ('kind' in by) requirePermission(by, 'nda:sign');
  const find = async (db?: Tx) => ('kind' in by ? { actor: by, agreement: await loadAgreement(db ?? getDb(), by, agreementId) } : loadVerifiedSession(by, now, db));
  // Each mail goes to an address that somebody typed: counted with those of the whole organization, by who may forward alone.
  await limitAgreements((await find()).agreement.organizationId, now);
  await limitSignatory(next.email, now);
  requirePrintableDetails({ name: next.name, title: next.title });
  await inTransaction(async (tx) => {
    const { actor, agreement } = await find(tx);
    if (!NDA_UNDER_WAY.includes(agreement.state)) throw new AppError('nda_wrong_state');
    await replaceSignatory(tx, { actor, now, agreement, next: { ...next, userId: null } });
  });
}
