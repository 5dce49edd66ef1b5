import { z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { AppError, invalidField } from '@/domain/errors';
import { emailAddress, lineOfText } from '@/domain/text';
import { loadCase } from '../case/load-case';
import { isUniqueViolation, type Tx } from '../db';
import { AGREEMENT_COLUMNS, type AgreementRow } from './agreement-scope';
import { moveAgreement, recordAgreement } from './move-agreement';
import { ndaCovering } from './nda-gate';
import { asksForNewSignature, findNdaTemplateInForce } from './nda-template-in-force';
import { endSigning } from './signing-session';

const MAX_NAME = 300;

/** The parties' side of the form: whom the agreement binds, and for what. */
export const agreementDetails = {
  scope: z.enum(['organization', 'case'], { error: 'Choose what the agreement covers.' }),
  partyName: lineOfText(MAX_NAME, 'the legal name'),
  partyAddress: lineOfText(MAX_NAME, 'the registered address'),
  /** The agreement in force whose place this one takes, named knowingly. */
  replaces: z.uuid().optional(),
} as const;
export const signatoryDetails = { name: lineOfText(MAX_NAME, 'the name'), title: lineOfText(120, 'the title') } as const;
export const signatoryEmail = emailAddress;

export type AgreementDetails = { readonly scope: 'organization' | 'case'; readonly partyName: string; readonly partyAddress: string; readonly replaces?: string | undefined };
export type SignatoryDetails = { readonly name: string; readonly title: string; readonly email: string; readonly userId: string | null };

/**
 * Makes a draft for the case's organization with its first signatory. An earlier draft of the same scope that nobody sent gives
 * way; one that is sent, signed or on paper stays, and this is refused (`nda_under_way`). One in force that covers the case is enough (`nda_in_force`), unless `replaces` names it or a newer
 * version of the text asks for a new signature. `case_closed`, `not_ready` without a template.
 */
export async function createAgreement(tx: Tx, { actor, now, reference, details: { replaces, ...details }, signatory }: { actor: UserActor; now: Date; reference: string; details: AgreementDetails; signatory: SignatoryDetails | null }): Promise<{ agreement: AgreementRow; signatoryId: string | null }> {
  const row = await loadCase(tx, actor, reference);
  if (row.status !== 'open') throw new AppError('case_closed', { detail: 'The case is closed, so there is nothing to sign for it. Ask support to open it again.' });
  const template = await findNdaTemplateInForce(tx, now);
  if (!template) throw new AppError('not_ready', { detail: 'No NDA template is published yet. Ask support for one.' });
  await requireRoom(tx, { caseId: row.id, organizationId: row.organizationId, scope: details.scope, replaces, now });
  await dropDraft(tx, { actor, now, scope: details.scope, caseId: row.id, organizationId: row.organizationId });
  const agreement = await tx.ndaAgreement
    .create({
      data: { ...details, organizationId: row.organizationId, caseId: details.scope === 'case' ? row.id : null, startedInCaseId: row.id, templateId: template.id, noticeEmail: signatory?.email ?? null, createdById: actor.userId, createdAt: now, stateAt: now },
      select: AGREEMENT_COLUMNS,
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new AppError('nda_under_way') : error;
    });
  const made = signatory && (await tx.ndaSignatory.create({ data: { agreementId: agreement.id, ...signatory, createdAt: now }, select: { id: true } }));
  await recordAgreement(tx, now, actor, agreement, 'nda.started', { scope: details.scope, templateVersion: template.version, templateSha256: template.sha256 });
  return { agreement, signatoryId: made?.id ?? null };
}

/** Two agreements over the same case raise the question which one holds, so the second is begun in the place of the first or not at all. */
async function requireRoom(tx: Tx, { caseId, organizationId, scope, replaces, now }: { caseId: string; organizationId: string; scope: 'organization' | 'case'; replaces: string | undefined; now: Date }): Promise<void> {
  const covering = await tx.ndaAgreement.findFirst({ where: ndaCovering({ caseId, organizationId }, now), orderBy: { createdAt: 'desc' }, select: { id: true, scope: true, template: { select: { publishedAt: true } } } });
  if (!covering || (await asksForNewSignature(tx, covering.template.publishedAt, now))) return;
  if (replaces !== covering.id) throw new AppError('nda_in_force');
  if (covering.scope === 'organization' && scope === 'case') throw invalidField('scope', 'The agreement in force covers all your cases, so the one in its place has to as well.');
}

async function dropDraft(tx: Tx, { actor, now, scope, caseId, organizationId }: { actor: UserActor; now: Date; scope: 'organization' | 'case'; caseId: string; organizationId: string }): Promise<void> {
  const drafts = await tx.ndaAgreement.findMany({ where: { state: 'draft', scope, ...(scope === 'case' ? { caseId } : { organizationId }) }, select: AGREEMENT_COLUMNS });
  for (const agreement of drafts) {
    await moveAgreement(tx, { actor, now, agreement, event: 'withdraw', when: { state: 'draft' }, data: { because: 'begun_anew' }, also: () => endSigning(tx, agreement.id, now) });
  }
}
