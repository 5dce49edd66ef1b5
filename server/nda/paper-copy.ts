import { z } from 'zod';
import { type Actor, type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { MAX_PAPER_COPY_BYTES, ndaTermEnd } from '@/domain/nda-agreement';
import { paragraphOfText } from '@/domain/text';
import { loadCase } from '../case/load-case';
import { sha256Hex } from '../crypto/secrets';
import { getDb, inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { loadAgreement } from './agreement-scope';
import { agreementDetails, createAgreement } from './create-agreement';
import { endEarlierAgreements } from './end-earlier-agreements';
import { moveAgreement } from './move-agreement';
import { limitAgreements } from './start-signing';
import { tellCountersigners } from './tell-countersigners';

export const paperCopyInput = z.strictObject(agreementDetails);
export const refusePaperInput = z.strictObject({ agreementId: z.uuid(), reason: paragraphOfText(1000, 'the reason') });
export const acceptPaperInput = z.strictObject({ agreementId: z.uuid(), seen: z.literal('on', { error: 'Confirm that you have looked at the copy.' }) });

/** Asked before the copy is read: nobody sends 20 MB to learn that they may not. Unknown and forbidden: `not_found`. */
export async function requireMayHandIn({ actor, reference }: { actor: UserActor; reference: string }): Promise<void> {
  requirePermission(actor, 'nda:sign');
  await loadCase(getDb(), actor, reference);
}

const COPY_TYPES: readonly (readonly [string, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];

/** By its first bytes, whatever it is called. The portal never opens a copy itself, so that what hides in one does nothing here. */
function copyType(bytes: Uint8Array): string | null {
  return COPY_TYPES.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0] ?? null;
}

/**
 * Hands in a copy that both signed on paper, or that the customer did: PDF, JPEG or PNG, at most 20 MB. Support looks at it; the portal
 * never calls it verified. Throws `paper_copy_refused`, `paper_copy_too_large`, and what `createAgreement` does.
 */
export async function submitPaperCopy({ actor, now, reference, bytes, ...details }: { actor: UserActor; now: Date; reference: string; bytes: Uint8Array } & z.output<typeof paperCopyInput>): Promise<{ agreementId: string }> {
  requirePermission(actor, 'nda:sign');
  if (bytes.byteLength > MAX_PAPER_COPY_BYTES) throw new AppError('paper_copy_too_large');
  await limitAgreements(actor.organizationId ?? '', now);
  const type = copyType(bytes);
  if (!type) throw new AppError('paper_copy_refused');
  return inTransaction(async (tx) => {
    const { agreement } = await createAgreement(tx, { actor, now, reference, details, signatory: null });
    const sha256 = sha256Hex(bytes);
    const set = { paperCopy: new Uint8Array(bytes), paperType: type, paperSha256: sha256 };
    const also = () => tellCountersigners(tx, 'nda_paper_to_review', agreement.id);
    if (!(await moveAgreement(tx, { actor, now, agreement, event: 'submit_paper', set, data: { sha256, sizeBytes: bytes.byteLength }, also }))) throw new AppError('nda_wrong_state');
    return { agreementId: agreement.id };
  });
}

/** Staff looked at the copy and put it on file: it covers cases from now on. Throws `nda_wrong_state`. */
export async function acceptPaperCopy({ actor, now, agreementId }: { actor: UserActor; now: Date; agreementId: string }): Promise<void> {
  requirePermission(actor, 'nda:review');
  await inTransaction(async (tx) => {
    const agreement = await loadAgreement(tx, actor, agreementId);
    const also = async () => {
      await queueNotice(tx, { kind: 'nda_paper_on_file', userId: agreement.createdById, data: { agreementId } });
      await endEarlierAgreements(tx, agreement, actor, now);
    };
    if (!(await moveAgreement(tx, { actor, now, agreement, event: 'accept_paper', set: { inForceFrom: now, inForceUntil: ndaTermEnd(now) }, data: { sha256: agreement.paperSha256 }, also }))) throw new AppError('nda_wrong_state');
  });
}

/** Staff cannot use the copy, and say why. Throws `nda_wrong_state`. */
export async function refusePaperCopy({ actor, now, agreementId, reason }: { actor: UserActor; now: Date; agreementId: string; reason: string }): Promise<void> {
  requirePermission(actor, 'nda:review');
  await inTransaction(async (tx) => {
    const agreement = await loadAgreement(tx, actor, agreementId);
    const also = () => queueNotice(tx, { kind: 'nda_over', userId: agreement.createdById, data: { agreementId, how: 'refused' } });
    if (!(await moveAgreement(tx, { actor, now, agreement, event: 'refuse_paper', set: { reason }, data: { sha256: agreement.paperSha256 }, also }))) throw new AppError('nda_wrong_state');
  });
}

/** The copy as it was handed in, for its organization and for staff. */
export async function getPaperCopy({ actor, agreementId }: { actor: Actor; agreementId: string }): Promise<{ bytes: Uint8Array; type: string; fileName: string }> {
  requirePermission(actor, 'case:read');
  const { id, paperType } = await loadAgreement(getDb(), actor, agreementId);
  const row = paperType && (await getDb().ndaAgreement.findUnique({ where: { id }, select: { paperCopy: true } }));
  if (!row || !row.paperCopy || !paperType) throw new AppError('not_found');
  return { bytes: row.paperCopy, type: paperType, fileName: `nda-paper-copy-${id}.${paperType === 'application/pdf' ? 'pdf' : paperType === 'image/png' ? 'png' : 'jpg'}` };
}
