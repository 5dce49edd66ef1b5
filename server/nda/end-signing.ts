import { z } from 'zod';
import { type Actor, type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { paragraphOfText } from '@/domain/text';
import { inTransaction, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { type AgreementRow, loadAgreement } from './agreement-scope';
import { moveAgreement } from './move-agreement';
import { endSigning, loadVerifiedSession, type SigningKey } from './signing-session';

const MAX_REASON = 1000;
export const declineInput = z.strictObject({ agreementId: z.uuid(), reason: paragraphOfText(MAX_REASON, 'the reason') });
export const withdrawInput = z.strictObject({ agreementId: z.uuid() });
export const endInput = z.strictObject({ agreementId: z.uuid(), reason: paragraphOfText(MAX_REASON, 'the reason') });

/** The signatory does not sign, and says why; links, browsers and reminders end. Throws `nda_wrong_state`, `signing_session_ended`. */
export async function declineAgreement({ key, now, reason }: { key: SigningKey; now: Date; reason: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const { agreement, actor, signatory } = await loadVerifiedSession(key, now, tx);
    const also = async () => {
      await endSigning(tx, agreement.id, now);
      await queueNotice(tx, { kind: 'nda_over', userId: agreement.createdById, data: { agreementId: agreement.id, how: 'declined' } });
    };
    if (!(await moveAgreement(tx, { actor, now, agreement, event: 'decline', set: { reason }, data: { signatoryId: signatory.id }, also }))) throw new AppError('nda_wrong_state');
  });
}

async function tellWithdrawn(tx: Tx, agreement: AgreementRow, actor: Actor): Promise<void> {
  const isAuthor = actor.kind === 'user' && actor.userId === agreement.createdById;
  if (!isAuthor) await queueNotice(tx, { kind: 'nda_over', userId: agreement.createdById, data: { agreementId: agreement.id, how: 'withdrawn' } });
  const signatory = await tx.ndaSignatory.findFirst({ where: { agreementId: agreement.id, replacedAt: null, userId: null }, select: { email: true } });
  if (signatory && agreement.sentAt) await queueNotice(tx, { kind: 'nda_withdrawn_for_signatory', address: signatory.email, data: { organizationName: agreement.partyName ?? '' } });
}

/**
 * Takes an agreement back before the countersignature, by the customer's organization or by staff with the right to countersign. Whoever
 * is about to sign learns that it is over. Throws `nda_wrong_state`; unknown and forbidden: `not_found`.
 */
export async function withdrawAgreement({ actor, now, agreementId }: { actor: UserActor; now: Date; agreementId: string }): Promise<void> {
  requirePermission(actor, actor.role === 'customer' ? 'nda:sign' : 'nda:countersign');
  await inTransaction(async (tx) => {
    const agreement = await loadAgreement(tx, actor, agreementId);
    const also = async () => {
      await tellWithdrawn(tx, agreement, actor);
      await endSigning(tx, agreement.id, now);
    };
    if (!(await moveAgreement(tx, { actor, now, agreement, event: 'withdraw', also }))) throw new AppError('nda_wrong_state');
  });
}

/** Ends an agreement that is in force or on paper: staff record a notice that either side gave. The later cases are covered no more. */
export async function endAgreement({ actor, now, agreementId, reason }: { actor: UserActor; now: Date; agreementId: string; reason: string }): Promise<void> {
  requirePermission(actor, 'nda:countersign');
  await inTransaction(async (tx) => {
    const agreement = await loadAgreement(tx, actor, agreementId);
    const also = () => queueNotice(tx, { kind: 'nda_over', userId: agreement.createdById, data: { agreementId: agreement.id, how: 'ended' } });
    if (!(await moveAgreement(tx, { actor, now, agreement, event: 'end', set: { reason, inForceUntil: now }, data: { because: 'notice' }, also }))) throw new AppError('nda_wrong_state');
  });
}
