import { z } from 'zod';
import { type Actor, type UserActor } from '@/domain/actor';
import { type AuditData } from '@/domain/audit';
import { AppError } from '@/domain/errors';
import { COPY_LINK_DAYS, daysLater, ndaTermEnd } from '@/domain/nda-agreement';
import { lineOfText } from '@/domain/text';
import { randomToken, sha256Hex } from '../crypto/secrets';
import { getDb, inTransaction, type Tx } from '../db';
import { getEnv } from '../env';
import { utcTime } from '../esign/signature-fields';
import { getTimestampAuthority } from '../esign/timestamp';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { sealDocument, signDocument, type SignedDocument } from './agreement-document';
import { AGREEMENT_COLUMNS, type AgreementRow, lockAgreement } from './agreement-scope';
import { endEarlierAgreements } from './end-earlier-agreements';
import { moveAgreement } from './move-agreement';
import { requirePrintableDetails } from './printable';
import { findStandingApproval } from './standing-approval';
import { tellCountersigners } from './tell-countersigners';

export const countersignInput = z.strictObject({
  agreementId: z.uuid(),
  name: lineOfText(300, 'your name'),
  title: lineOfText(120, 'your title'),
  authority: z.literal('on', { error: 'Confirm that you may sign for the vendor.' }),
});

type VendorSigner = { readonly userId: string; readonly name: string; readonly title: string };
/** Who signs is asked for once the agreement is locked, so that an approval taken back a moment earlier signs nothing. Null: nobody any more. */
type Countersign = { readonly actor: Actor; readonly now: Date; readonly agreementId: string; readonly whoSigns: (tx: Tx) => Promise<{ readonly signer: VendorSigner; readonly data: AuditData } | null> };

/** Both sides get the file's hash and the way to the file; the signatory without an account a link of their own. */
async function tellBoth(tx: Tx, agreement: AgreementRow, sha256: string, signer: VendorSigner, now: Date): Promise<void> {
  const signatory = await tx.ndaSignatory.findFirst({ where: { agreementId: agreement.id, replacedAt: null }, select: { id: true, userId: true, email: true } });
  const users = new Set([agreement.createdById, signer.userId, ...(signatory?.userId ? [signatory.userId] : [])]);
  for (const userId of users) await queueNotice(tx, { kind: 'nda_in_force', userId, data: { agreementId: agreement.id, sha256 } });
  if (!signatory || signatory.userId) return;
  const secret = randomToken();
  await tx.ndaSignatory.update({ where: { id: signatory.id }, data: { linkHash: sha256Hex(secret), linkConsumedAt: null, linkExpiresAt: daysLater(now, COPY_LINK_DAYS) } });
  await queueNotice(tx, { kind: 'nda_in_force_copy', address: signatory.email, data: { organizationName: agreement.partyName ?? '', sha256 }, secret });
}

async function recordSignatures(tx: Tx, agreementId: string, signer: VendorSigner, vendor: SignedDocument & { readonly before: string }, seal: SignedDocument & { readonly before: string }, now: Date): Promise<void> {
  await tx.signature.createMany({
    data: [
      { agreementId, party: 'vendor', signedById: signer.userId, signerName: signer.name, signerTitle: signer.title, certificatePem: vendor.certificatePem, appearance: 'typed', documentSha256: vendor.before, signedAt: now, timestampedAt: vendor.timestampedAt },
      { agreementId, party: 'portal_seal', certificatePem: seal.certificatePem, documentSha256: seal.before, signedAt: now, timestampedAt: seal.timestampedAt },
    ],
  });
}

/** What the portal states in its seal: the head of the audit chain as it is, so that no earlier event can be changed afterwards. */
async function sealFacts(tx: Tx, agreement: AgreementRow, signer: VendorSigner, now: Date): Promise<readonly { label: string; value: string }[]> {
  const customer = await tx.signature.findUniqueOrThrow({ where: { agreementId_party: { agreementId: agreement.id, party: 'customer' } }, select: { signerName: true, signerTitle: true, signedAt: true } });
  const head = await tx.auditEvent.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } });
  return [{ label: 'Agreement', value: agreement.id }, { label: 'For the Customer', value: `${customer.signerName}, ${customer.signerTitle}, ${utcTime(customer.signedAt)}` }, { label: 'For the Vendor', value: `${signer.name}, ${signer.title}, ${utcTime(now)}` }, { label: 'Read', value: `SHA-256 ${agreement.readSha256 ?? ''}` }, ...(head ? [{ label: 'Audit', value: `Event ${head.seq}, hash ${head.hash}` }] : [])];
}

async function countersign({ actor, now, agreementId, whoSigns }: Countersign): Promise<{ sha256: string } | null> {
  return inTransaction(async (tx) => {
    await lockAgreement(tx, agreementId);
    const row = await tx.ndaAgreement.findUniqueOrThrow({ where: { id: agreementId }, select: { ...AGREEMENT_COLUMNS, document: true } });
    const { document, ...agreement } = row;
    if (agreement.state !== 'signed' || !document) throw new AppError('nda_wrong_state');
    const who = await whoSigns(tx);
    if (!who) {
      // When it was signed an approval stood, so nobody was told that it waits.
      await tellCountersigners(tx, 'nda_to_countersign', agreementId);
      return null;
    }
    const { signer, data } = who;
    const before = sha256Hex(document);
    if (before !== agreement.documentSha256) throw new AppError('internal', { cause: new Error('The stored agreement is not the one whose hash was recorded.') });
    const tsa = getTimestampAuthority();
    const vendor = await signDocument({ pdf: document, field: 'vendor', signer: { name: signer.name, title: signer.title, organization: getEnv().VENDOR_NAME }, appearance: { kind: 'typed', text: signer.name }, facts: data.standingApproval ? [{ label: 'By', value: 'Standing approval of this person' }] : [], reason: `Countersigned for ${getEnv().VENDOR_NAME}`, now, tsa });
    const countersigned = sha256Hex(vendor.pdf);
    const seal = await sealDocument({ pdf: vendor.pdf, facts: await sealFacts(tx, agreement, signer, now), now, tsa });
    const sha256 = sha256Hex(seal.pdf);
    const failed = ([['vendor', vendor], ['portal_seal', seal]] as const).filter(([, signed]) => signed.timestampFailed).map(([party]) => ({ type: 'nda.timestamp_failed', data: { party } }) as const);
    const moved = await moveAgreement(tx, {
      actor,
      now,
      agreement,
      event: 'countersign',
      when: { documentSha256: before },
      set: { document: new Uint8Array(seal.pdf), documentSha256: sha256, inForceFrom: now, inForceUntil: ndaTermEnd(now) },
      data: { ...data, sha256: countersigned, timestamped: vendor.timestampedAt !== null },
      then: [{ type: 'nda.sealed', data: { sha256 } }, ...failed],
      also: async () => {
        await recordSignatures(tx, agreementId, signer, { ...vendor, before }, { ...seal, before: countersigned }, now);
        await tellBoth(tx, agreement, sha256, signer, now);
        await endEarlierAgreements(tx, agreement, actor, now);
      },
    });
    if (!moved) throw new AppError('nda_wrong_state');
    return { sha256 };
  });
}

/**
 * The vendor's signature by a named member of staff with the right to it, then the portal's seal, in one transaction. Of many at once one
 * succeeds; the others get `nda_busy` or `nda_wrong_state`. Unknown and forbidden: `not_found`.
 */
export async function countersignAgreement({ actor, now, agreementId, name, title }: { actor: UserActor; now: Date } & z.output<typeof countersignInput>): Promise<{ sha256: string }> {
  requirePermission(actor, 'nda:countersign');
  requirePrintableDetails({ name, title });
  if ((await getDb().ndaAgreement.count({ where: { id: agreementId } })) === 0) throw new AppError('not_found');
  const signed = await countersign({ actor, now, agreementId, whoSigns: () => Promise.resolve({ signer: { userId: actor.userId, name, title }, data: {} }) });
  if (!signed) throw new AppError('internal');
  return signed;
}

/** A job: countersigns under the standing approval. Where none stands any more it tells who may sign; where somebody was faster it does nothing. */
export async function countersignUnderApproval({ agreementId, now }: { agreementId: string; now: Date }): Promise<boolean> {
  const waits = (await getDb().ndaAgreement.count({ where: { id: agreementId, state: 'signed' } })) === 1;
  if (!waits) return false;
  const whoSigns = async (tx: Tx) => {
    const approval = await findStandingApproval(tx);
    return approval && { signer: { userId: approval.approvedById, name: approval.signerName, title: approval.signerTitle }, data: { standingApproval: approval.id } };
  };
  return (await countersign({ actor: { kind: 'system', name: 'countersign-nda' }, now, agreementId, whoSigns })) !== null;
}
