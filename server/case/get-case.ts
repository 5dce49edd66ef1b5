import { type Actor } from '@/domain/actor';
import { parseCaseReference } from '@/domain/case-reference';
import { caseTasks, maySendFiles, nextStepOf } from '@/domain/case-tasks';
import { type CaseView } from '@/domain/case-view';
import { AppError } from '@/domain/errors';
import { getDb } from '../db';
import { serializeFileRequest, fileRequestColumns } from '../file-request/file-request-view';
import { requirePermission } from '../http/require-permission';
import { loadCaseFacts } from './case-facts';
import { findCoveringAgreement } from '../nda/nda-gate';
import { caseScope } from './case-scope';
import { PERSON_NAME, personName } from '../user/person-name';

const columns = {
  id: true, reference: true, title: true, product: true, productVersion: true, environment: true, severity: true, description: true,
  status: true, organizationId: true, createdAt: true, updatedAt: true, closedAt: true, erasureOrderedAt: true, ndaRequired: true, ndaChoice: true,
  organization: { select: { name: true } },
  openedBy: { select: PERSON_NAME },
  fileRequests: { select: fileRequestColumns, orderBy: { createdAt: 'desc' } },
} as const;

/** One case with its tasks and its next step. Unknown and forbidden: `not_found`. */
export async function getCase({ actor, reference, now }: { actor: Actor; reference: string; now: Date }): Promise<CaseView> {
  requirePermission(actor, 'case:read');
  const parsed = parseCaseReference(reference);
  if (parsed === null) throw new AppError('not_found');
  const db = getDb();
  const row = await db.case.findFirst({ where: { AND: [caseScope(actor), { reference: parsed }] }, select: columns });
  if (!row) throw new AppError('not_found');
  const facts = (await loadCaseFacts(db, [row], now)).get(row.id);
  if (!facts) throw new AppError('internal');
  const agreement = facts.ndaCovered ? await findCoveringAgreement(db, row, now) : null;
  return {
    id: row.id,
    reference: row.reference,
    title: row.title,
    product: row.product,
    productVersion: row.productVersion,
    environment: row.environment,
    severity: row.severity,
    description: row.description,
    status: row.status,
    organizationId: row.organizationId,
    organizationName: row.organization.name,
    openedByName: personName(row.openedBy),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    erasureOrderedAt: row.erasureOrderedAt?.toISOString() ?? null,
    ndaRequired: row.ndaRequired,
    ndaChoice: row.ndaChoice,
    ndaCovered: facts.ndaCovered,
    ndaAgreement: agreement,
    maySend: maySendFiles(facts),
    tasks: caseTasks(facts),
    nextStep: nextStepOf(facts),
    fileRequests: row.fileRequests.map(serializeFileRequest),
  };
}
