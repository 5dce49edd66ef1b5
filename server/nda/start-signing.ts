import { z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { getDb, inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { takeRateLimit } from '../rate-limit/take';
import { agreementDetails, createAgreement, signatoryDetails } from './create-agreement';
import { requirePrintableDetails } from './printable';
import { mailCode, startSigningSession } from './signing-session';

export const startSigningInput = z.strictObject({ reference: z.string().max(40), ...agreementDetails, ...signatoryDetails });

/** Begins an agreement, or sends one: some an hour for an organization, so that nobody's mailbox is flooded through us. */
export async function limitAgreements(organizationId: string, now: Date): Promise<void> {
  await takeRateLimit({ purpose: 'nda-start', subject: organizationId, limit: 40, windowSeconds: 3600, now });
}

/**
 * "Sign now": the signed-in customer is the signatory. Makes the draft and a signing session for this browser, and mails the code to
 * the address of the account. Throws what `createAgreement` does, `validation_failed`, `rate_limited`.
 */
export async function startSigning({ actor, now, reference, name, title, ...details }: { actor: UserActor; now: Date } & z.output<typeof startSigningInput>): Promise<{ agreementId: string; token: string }> {
  requirePermission(actor, 'nda:sign');
  await limitAgreements(actor.organizationId ?? '', now);
  requirePrintableDetails({ partyName: details.partyName, partyAddress: details.partyAddress, name, title });
  const { email } = await getDb().user.findUniqueOrThrow({ where: { id: actor.userId }, select: { email: true } });
  if (!email) throw new AppError('not_found');
  return inTransaction(async (tx) => {
    const signatory = { name, title, email, userId: actor.userId };
    const { agreement, signatoryId } = await createAgreement(tx, { actor, now, reference, details, signatory });
    if (!signatoryId) throw new AppError('internal');
    const session = await startSigningSession(tx, { signatoryId, now });
    await mailCode(tx, { sessionId: session.id, signatory: { id: signatoryId, email }, agreement, actor, now });
    return { agreementId: agreement.id, token: session.token };
  });
}
