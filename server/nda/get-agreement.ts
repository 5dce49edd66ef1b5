import { type Actor, type UserActor } from '@/domain/actor';
import { type TimelineEntry } from '@/domain/desk-case';
import { AppError } from '@/domain/errors';
import { type NdaState } from '@/domain/nda-agreement';
import { type AgreementView } from '@/domain/nda-agreement-view';
import { eventColumns, toTimeline } from '../audit/timeline-entries';
import { getDb, type Prisma } from '../db';
import { requirePermission } from '../http/require-permission';
import { agreementScope, loadAgreement } from './agreement-scope';

const columns = {
  id: true, state: true, stateAt: true, scope: true, reason: true, partyName: true, partyAddress: true, documentSha256: true, readSha256: true, paperType: true, paperSha256: true,
  createdAt: true, createdById: true, sentAt: true, signedAt: true, inForceFrom: true, inForceUntil: true,
  organization: { select: { name: true } },
  case: { select: { reference: true } },
  startedInCase: { select: { reference: true } },
  template: { select: { version: true, title: true } },
  signatories: { where: { replacedAt: null }, select: { name: true, title: true, email: true, userId: true } },
  signatures: { select: { party: true, signerName: true, signerTitle: true, signedAt: true, timestampedAt: true, appearance: true }, orderBy: { party: 'asc' } },
} as const satisfies Prisma.NdaAgreementSelect;
type Row = Prisma.NdaAgreementGetPayload<{ select: typeof columns }>;

const iso = (date: Date | null) => date?.toISOString() ?? null;

function serialize(row: Row): AgreementView {
  const [signatory] = row.signatories;
  return {
    id: row.id,
    state: row.state,
    stateAt: row.stateAt.toISOString(),
    scope: row.scope,
    organizationName: row.organization.name,
    caseReference: row.case?.reference ?? null,
    startedInReference: row.startedInCase?.reference ?? row.case?.reference ?? null,
    partyName: row.partyName,
    partyAddress: row.partyAddress,
    templateVersion: row.template.version,
    templateTitle: row.template.title,
    reason: row.reason,
    sha256: row.signatures.length > 0 ? row.documentSha256 : null,
    readSha256: row.readSha256,
    paper: row.paperSha256 && row.paperType ? { type: row.paperType, sha256: row.paperSha256 } : null,
    createdAt: row.createdAt.toISOString(),
    sentAt: iso(row.sentAt),
    signedAt: iso(row.signedAt),
    inForceFrom: iso(row.inForceFrom),
    inForceUntil: iso(row.inForceUntil),
    signatory: signatory ? { name: signatory.name, title: signatory.title, email: signatory.email, hasAccount: signatory.userId !== null } : null,
    signatures: row.signatures.map((signature) => ({ party: signature.party, name: signature.signerName, title: signature.signerTitle, at: signature.signedAt.toISOString(), timestampedAt: iso(signature.timestampedAt) })),
  };
}

/** One agreement, for its organization and for staff. Unknown and forbidden: `not_found`. */
export async function getAgreement({ actor, agreementId }: { actor: Actor; agreementId: string }): Promise<AgreementView> {
  requirePermission(actor, 'case:read');
  const { id } = await loadAgreement(getDb(), actor, agreementId);
  return serialize(await getDb().ndaAgreement.findUniqueOrThrow({ where: { id }, select: columns }));
}

/** Every event of an agreement, oldest first. */
export async function getAgreementHistory({ actor, agreementId }: { actor: Actor; agreementId: string }): Promise<readonly TimelineEntry[]> {
  requirePermission(actor, 'case:read');
  const { id, organizationId } = await loadAgreement(getDb(), actor, agreementId);
  const events = await getDb().auditEvent.findMany({ where: { organizationId, type: { startsWith: 'nda.' }, data: { path: ['agreementId'], equals: id } }, orderBy: { seq: 'asc' }, select: eventColumns });
  return (await toTimeline(events)).map(({ fileId: _fileId, ...entry }) => entry);
}

export type AgreementItem = Pick<AgreementView, 'id' | 'state' | 'stateAt' | 'scope' | 'organizationName' | 'caseReference' | 'startedInReference' | 'partyName' | 'templateVersion' | 'inForceUntil'>;
export const AGREEMENT_GROUPS = { vendor: ['signed', 'paper_pending'], customer: ['draft', 'sent'], in_force: ['in_force', 'paper_on_file'], over: ['declined', 'withdrawn', 'expired', 'ended'] } as const satisfies Record<string, readonly NdaState[]>;
export type AgreementGroup = keyof typeof AGREEMENT_GROUPS;
const MAX_ITEMS = 200;

/** The agreements of every organization for the desk, by what they wait for, the latest first. */
export async function listAgreements({ actor, group }: { actor: UserActor; group: AgreementGroup }): Promise<{ items: readonly AgreementItem[]; counts: Readonly<Record<AgreementGroup, number>> }> {
  requirePermission(actor, 'desk:read');
  const db = getDb();
  const [rows, states] = await Promise.all([
    db.ndaAgreement.findMany({ where: { AND: [agreementScope(actor), { state: { in: [...AGREEMENT_GROUPS[group]] } }] }, orderBy: [{ stateAt: 'desc' }, { id: 'desc' }], take: MAX_ITEMS, select: columns }),
    db.ndaAgreement.groupBy({ by: ['state'], where: agreementScope(actor), _count: { _all: true } }),
  ]);
  const count = (wanted: AgreementGroup) => states.filter(({ state }) => (AGREEMENT_GROUPS[wanted] as readonly NdaState[]).includes(state)).reduce((sum, { _count }) => sum + _count._all, 0);
  return { items: rows.map(serialize), counts: { vendor: count('vendor'), customer: count('customer'), in_force: count('in_force'), over: count('over') } };
}

/** The signed PDF for the organization and for staff; `not_found` before the customer signed. */
export async function getAgreementPdf({ actor, agreementId }: { actor: Actor; agreementId: string }): Promise<{ pdf: Uint8Array; fileName: string }> {
  requirePermission(actor, 'case:read');
  const { id, signedAt } = await loadAgreement(getDb(), actor, agreementId);
  const row = signedAt && (await getDb().ndaAgreement.findUnique({ where: { id }, select: { document: true } }));
  if (!row?.document) throw new AppError('not_found');
  return { pdf: row.document, fileName: `nda-${id}.pdf` };
}
