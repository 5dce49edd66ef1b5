import { z } from 'zod';
import { AppError } from '@/domain/errors';
import { NDA_TO_SIGN } from '@/domain/nda-agreement';
import { sha256Hex } from '../crypto/secrets';
import { inTransaction, type Tx } from '../db';
import { getTimestampAuthority } from '../esign/timestamp';
import { enqueueJob } from '../jobs/enqueue-job';
import { queueNotice } from '../notice/queue-notice';
import { type Appearance, parseDrawing, signDocument } from './agreement-document';
import { lockAgreement } from './agreement-scope';
import { moveAgreement } from './move-agreement';
import { currentContent } from './read-agreement';
import { loadVerifiedSession, type SigningKey, type SigningSession } from './signing-session';
import { findStandingApproval } from './standing-approval';
import { tellCountersigners } from './tell-countersigners';

const ticked = (sentence: string) => z.literal('on', { error: sentence });

export const signAgreementInput = z.strictObject({
  agreementId: z.uuid(),
  /** SHA-256 of the document that was read. */
  sha256: z.hash('sha256'),
  electronic: ticked('Agree to sign electronically, or decline.'),
  authority: ticked('Confirm that you may sign for the organization, or forward the agreement to who may.'),
  appearance: z.enum(['typed', 'drawn'], { error: 'Choose how your signature looks.' }),
  /** JSON of the strokes of a drawn signature. */
  drawing: z.string().max(400_000).optional(),
});

type Sign = { readonly key: SigningKey; readonly now: Date } & z.output<typeof signAgreementInput>;

function chosenAppearance({ appearance, drawing }: Pick<Sign, 'appearance' | 'drawing'>, name: string): Appearance {
  return appearance === 'typed' ? { kind: 'typed', text: name } : { kind: 'drawn', paths: parseDrawing(drawing ?? '') };
}

/** Whether the very document that was read is still what would be signed. */
async function requireUnchanged(tx: Tx, { agreement, signatory }: SigningSession, sha256: string, now: Date): Promise<void> {
  const { contentSha256 } = await currentContent(tx, agreement, signatory, now);
  if (agreement.documentSha256 !== sha256 || agreement.contentSha256 !== contentSha256) throw new AppError('nda_document_changed');
}

/**
 * The customer's signature, on the very bytes that were read: the hash that was read is posted back and has to be that of the document
 * kept, and the template and fields have to be the same still (`nda_document_changed`). The state is looked at under the row's lock, so a
 * withdrawal a moment earlier wins (`nda_wrong_state`). Throws `validation_failed` for a drawing that is none, `signing_session_ended`, `nda_busy`.
 */
export async function signAgreement({ key, now, sha256, ...input }: Sign): Promise<void> {
  await inTransaction(async (tx) => {
    const { agreement: seen } = await loadVerifiedSession(key, now, tx);
    await lockAgreement(tx, seen.id);
    const session = await loadVerifiedSession(key, now, tx);
    const { agreement, signatory, actor } = session;
    if (!NDA_TO_SIGN.includes(agreement.state)) throw new AppError('nda_wrong_state');
    const appearance = chosenAppearance(input, signatory.name);
    await requireUnchanged(tx, session, sha256, now);
    const kept = await tx.ndaAgreement.findUniqueOrThrow({ where: { id: agreement.id }, select: { document: true } });
    if (!kept.document || sha256Hex(kept.document) !== sha256) throw new AppError('nda_document_changed');
    const signed = await signDocument({ pdf: kept.document, field: 'customer', signer: { name: signatory.name, title: signatory.title, email: signatory.email, organization: agreement.partyName ?? '' }, appearance, facts: [], reason: `Signed for ${agreement.partyName ?? 'the customer'}`, now, tsa: getTimestampAuthority() });
    const signedSha256 = sha256Hex(signed.pdf);
    const approval = await findStandingApproval(tx);
    const also = async () => {
      await tx.signature.create({
        data: { agreementId: agreement.id, party: 'customer', signedById: signatory.userId, signerName: signatory.name, signerTitle: signatory.title, signerEmail: signatory.email, certificatePem: signed.certificatePem, appearance: appearance.kind, documentSha256: sha256, signedAt: now, timestampedAt: signed.timestampedAt },
      });
      await tx.ndaSignatory.updateMany({ where: { agreementId: agreement.id }, data: { linkHash: null } });
      await queueNotice(tx, { kind: 'nda_signed', userId: agreement.createdById, data: { agreementId: agreement.id } });
      if (approval) await enqueueJob(tx, 'countersign-nda', { agreementId: agreement.id }, { jobKey: `countersign-nda:${agreement.id}` });
      else await tellCountersigners(tx, 'nda_to_countersign', agreement.id);
    };
    const moved = await moveAgreement(tx, {
      actor,
      now,
      agreement,
      event: 'sign',
      when: { documentSha256: sha256 },
      set: { document: new Uint8Array(signed.pdf), documentSha256: signedSha256, readSha256: sha256, signedAt: now },
      before: [{ type: 'nda.consented', data: { signatoryId: signatory.id, electronicRecords: true, authorityToBind: true, sha256 } }],
      data: { signatoryId: signatory.id, readSha256: sha256, sha256: signedSha256, appearance: appearance.kind, timestamped: signed.timestampedAt !== null },
      then: signed.timestampFailed ? [{ type: 'nda.timestamp_failed', data: { party: 'customer' } }] : [],
      also,
    });
    if (!moved) throw new AppError('nda_wrong_state');
  });
}
