import { type Actor } from '@/domain/actor';
import { NDA_UNDER_WAY, type NdaState } from '@/domain/nda-agreement';
import { loadCase } from '../case/load-case';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { ndaCovering, ndaOf } from './nda-gate';
import { asksForNewSignature, findNdaTemplateInForce } from './nda-template-in-force';
import { PERSON_NAME, personName } from '../user/person-name';

export type NdaStep = {
  readonly reference: string;
  readonly status: 'open' | 'closed';
  readonly organizationName: string;
  readonly required: boolean;
  readonly choice: 'undecided' | 'without' | 'sign_later';
  readonly chosenAt: string | null;
  readonly chosenByName: string | null;
  /** What covers this case already, if anything. */
  readonly agreement: { readonly id: string; readonly needsNewSignature: boolean; readonly scope: 'organization' | 'case'; readonly onPaper: boolean; readonly templateVersion: string; readonly inForceFrom: string | null; readonly inForceUntil: string | null } | null;
  /** What is under way and would cover this case, if anything. */
  readonly underWay: { readonly id: string; readonly state: NdaState; readonly scope: 'organization' | 'case' } | null;
  /** What is offered. `source` is the Markdown whose SHA-256 is `sha256`. */
  readonly template: { readonly version: string; readonly title: string; readonly summary: string; readonly sha256: string; readonly source: string; readonly publishedAt: string } | null;
};

/** What the NDA page of a case shows (P-NDA). Unknown and forbidden: `not_found`. */
export async function getNdaStep({ actor, now, reference }: { actor: Actor; now: Date; reference: string }): Promise<NdaStep> {
  requirePermission(actor, 'case:read');
  const db = getDb();
  const row = await loadCase(db, actor, reference);
  const [details, agreement, template, underWay] = await Promise.all([
    db.case.findUniqueOrThrow({ where: { id: row.id }, select: { ndaChosenAt: true, ndaChosenBy: { select: PERSON_NAME }, organization: { select: { name: true } } } }),
    db.ndaAgreement.findFirst({
      where: ndaCovering({ caseId: row.id, organizationId: row.organizationId }, now),
      orderBy: { createdAt: 'desc' },
      select: { id: true, scope: true, state: true, inForceFrom: true, inForceUntil: true, template: { select: { version: true, publishedAt: true } } },
    }),
    findNdaTemplateInForce(db, now),
    db.ndaAgreement.findFirst({ where: { AND: [{ state: { in: [...NDA_UNDER_WAY] } }, ndaOf({ caseId: row.id, organizationId: row.organizationId })] }, orderBy: { stateAt: 'desc' }, select: { id: true, state: true, scope: true } }),
  ]);
  const needsNewSignature = agreement !== null && (await asksForNewSignature(db, agreement.template.publishedAt, now));
  return {
    reference: row.reference,
    status: row.status,
    organizationName: details.organization.name,
    required: row.ndaRequired,
    choice: row.ndaChoice,
    chosenAt: details.ndaChosenAt?.toISOString() ?? null,
    chosenByName: details.ndaChosenBy && personName(details.ndaChosenBy),
    underWay,
    agreement: agreement && {
      id: agreement.id,
      needsNewSignature,
      scope: agreement.scope,
      onPaper: agreement.state === 'paper_on_file',
      templateVersion: agreement.template.version,
      inForceFrom: agreement.inForceFrom?.toISOString() ?? null,
      inForceUntil: agreement.inForceUntil?.toISOString() ?? null,
    },
    template: template && { version: template.version, title: template.title, summary: template.summary, sha256: template.sha256, source: template.bodyMarkdown, publishedAt: template.publishedAt.toISOString() },
  };
}
