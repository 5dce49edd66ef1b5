import { type Actor } from '@/domain/actor';
import { type AuditData } from '@/domain/audit';
import { AppError } from '@/domain/errors';
import { eventColumns } from '../audit/timeline-entries';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { getEnv } from '../env';
import { buildEvidenceBundle } from '../esign/evidence-bundle';
import { loadAgreement } from './agreement-scope';

/** Everything that proves an agreement, as one zip: the PDF, the template, the events, the certificates, and how to check them without the portal. */
export async function getEvidenceBundle({ actor, agreementId, now }: { actor: Actor; agreementId: string; now: Date }): Promise<{ zip: Uint8Array; fileName: string }> {
  requirePermission(actor, 'case:read');
  const { id, organizationId } = await loadAgreement(getDb(), actor, agreementId);
  const row = await getDb().ndaAgreement.findUniqueOrThrow({ where: { id }, select: { state: true, document: true, template: { select: { version: true, bodyMarkdown: true } }, signatures: { orderBy: { party: 'asc' }, select: { party: true, certificatePem: true } } } });
  if (!row.document || !(row.state === 'in_force' || row.state === 'ended')) throw new AppError('not_found');
  const events = await getDb().auditEvent.findMany({ where: { organizationId, type: { startsWith: 'nda.' }, data: { path: ['agreementId'], equals: id } }, orderBy: { seq: 'asc' }, select: { ...eventColumns, prevHash: true, hash: true, organizationId: true, caseId: true, fileId: true } });
  const zip = buildEvidenceBundle({
    agreementId: id,
    now,
    portalUrl: getEnv().AIRLOCK_URL,
    pdf: row.document,
    template: { version: row.template.version, source: row.template.bodyMarkdown },
    events: events.map(({ seq, at, type, actorKind, actorId, data, prevHash, hash, caseId, fileId, organizationId: organization }) => ({ seq: seq.toString(), at: at.toISOString(), type, actorKind, actorId, organizationId: organization, caseId, fileId, data: data as AuditData, prevHash, hash })),
    certificates: row.signatures.flatMap(({ party, certificatePem }) => (certificatePem ? [{ name: party, pem: certificatePem }] : [])),
  });
  return { zip, fileName: `nda-evidence-${id}.zip` };
}
