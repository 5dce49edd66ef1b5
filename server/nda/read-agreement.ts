import { type AuditData } from '@/domain/audit';
import { eventSentence } from '@/domain/event-sentences';
import { AppError } from '@/domain/errors';
import { NDA_TO_SIGN } from '@/domain/nda-agreement';
import { sha256Hex } from '../crypto/secrets';
import { inTransaction, type Tx } from '../db';
import { getEnv } from '../env';
import { type AgreementRow, waitForAgreement } from './agreement-scope';
import { agreementFields, contentDigest } from './agreement-fields';
import { drawAgreement } from './agreement-document';
import { recordAgreement } from './move-agreement';
import { type NdaFields } from './nda-fields';
import { findNdaTemplateInForce } from './nda-template-in-force';
import { loadVerifiedSession, type SigningKey, type SigningSession } from './signing-session';

export type ReadingCopy = {
  readonly agreementId: string;
  /** SHA-256 of the PDF that is kept: what is read is what is signed. */
  readonly sha256: string;
  readonly template: { readonly version: string; readonly title: string; readonly source: string };
  readonly fields: NdaFields;
  readonly signatory: SigningSession['signatory'];
};

/** What the document would be made from at `now`: the template in force and the parties. */
export async function currentContent(tx: Tx, agreement: AgreementRow, signatory: SigningSession['signatory'], now: Date) {
  const template = await findNdaTemplateInForce(tx, now);
  if (!template) throw new AppError('not_ready');
  const scopeCase = agreement.caseId ? await tx.case.findUnique({ where: { id: agreement.caseId }, select: { reference: true } }) : null;
  const fields = agreementFields({ agreement, signatory, caseReference: scopeCase?.reference ?? null });
  return { template, fields, contentSha256: contentDigest(template.sha256, fields) };
}

/**
 * Begins the reading: the PDF is drawn once and kept, and its SHA-256 is what the signatory later signs. It is drawn anew only where
 * the template in force or a field is another one by now. Throws `signing_session_ended`, `address_not_confirmed`, `nda_wrong_state`.
 */
export async function readAgreement({ key, now }: { key: SigningKey; now: Date }): Promise<ReadingCopy> {
  return inTransaction(async (tx) => {
    const seen = await lookAtContent(tx, key, now);
    if (seen.sha256 !== null) return seen.copy(seen.sha256);
    // Two pages at once: the second waits for the first and shows what that has drawn.
    await waitForAgreement(tx, key.agreementId);
    const { agreement, signatory, actor, content, sha256: drawnMeanwhile, copy } = await lookAtContent(tx, key, now);
    if (drawnMeanwhile !== null) return copy(drawnMeanwhile);
    const { template, fields, contentSha256 } = content;
    const pdf = await drawAgreement({ agreementId: agreement.id, template: { ...template, source: template.bodyMarkdown }, fields, parties: partiesOf(agreement, signatory), evidence: await evidenceOf(tx, agreement) });
    const sha256 = sha256Hex(pdf);
    const { count } = await tx.ndaAgreement.updateMany({
      where: { id: agreement.id, state: { in: [...NDA_TO_SIGN] } },
      data: { document: new Uint8Array(pdf), documentSha256: sha256, contentSha256, templateId: template.id },
    });
    if (count !== 1) throw new AppError('nda_wrong_state');
    await recordAgreement(tx, now, actor, agreement, 'nda.read', { signatoryId: signatory.id, sha256, templateVersion: template.version });
    return copy(sha256);
  });
}

/** What is to be read, and the hash of its PDF; null where that is not drawn yet, or was drawn from another content. */
async function lookAtContent(tx: Tx, key: SigningKey, now: Date) {
  const { agreement, signatory, actor } = await loadVerifiedSession(key, now, tx);
  if (!NDA_TO_SIGN.includes(agreement.state)) throw new AppError('nda_wrong_state');
  const content = await currentContent(tx, agreement, signatory, now);
  const { template, fields } = content;
  const copy = (sha256: string): ReadingCopy => ({ agreementId: agreement.id, sha256, template: { version: template.version, title: template.title, source: template.bodyMarkdown }, fields, signatory });
  return { agreement, signatory, actor, content, copy, sha256: agreement.contentSha256 === content.contentSha256 ? agreement.documentSha256 : null };
}

function partiesOf(agreement: AgreementRow, { name, title, email }: SigningSession['signatory']) {
  return { customer: { organization: agreement.partyName ?? '', name, title, email }, vendor: { organization: getEnv().VENDOR_NAME } };
}

/** What was recorded of the agreement until now, in sentences without names. */
async function evidenceOf(tx: Tx, { id, organizationId }: AgreementRow) {
  const events = await tx.auditEvent.findMany({ where: { organizationId, type: { startsWith: 'nda.' }, data: { path: ['agreementId'], equals: id } }, orderBy: { seq: 'asc' }, select: { at: true, type: true, data: true } });
  return events.map(({ at, type, data }) => ({ at, text: eventSentence(type, data as AuditData) }));
}

/** The bytes of the document for this browser: to be read while it waits, and the finished one afterwards. */
export async function getSigningDocument({ key, now }: { key: SigningKey; now: Date }): Promise<{ pdf: Uint8Array; fileName: string }> {
  return inTransaction(async (tx) => {
    const { agreement } = await loadVerifiedSession(key, now, tx);
    const row = await tx.ndaAgreement.findUnique({ where: { id: agreement.id }, select: { document: true, template: { select: { version: true } } } });
    if (!row?.document) throw new AppError('not_found');
    return { pdf: row.document, fileName: `nda-v${row.template.version}.pdf` };
  });
}
