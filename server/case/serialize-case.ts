import { type CaseFacts, maySendFiles } from '@/domain/case-tasks';
import { type CaseView } from '@/domain/case-view';
import { type Prisma, type Tx } from '../db';
import { findCoveringAgreement } from '../nda/nda-gate';
import { PERSON_NAME, personName } from '../user/person-name';

/** What every page of a case needs of its row. */
export const caseColumns = {
  id: true, reference: true, title: true, product: true, productVersion: true, environment: true, severity: true, description: true,
  status: true, organizationId: true, createdAt: true, updatedAt: true, closedAt: true, erasureOrderedAt: true, ndaRequired: true, ndaChoice: true,
  organization: { select: { name: true } },
  openedBy: { select: PERSON_NAME },
} as const satisfies Prisma.CaseSelect;
type Row = Prisma.CaseGetPayload<{ select: typeof caseColumns }>;

type SharedView = Omit<CaseView, 'organizationId' | 'tasks' | 'nextStep' | 'fileRequests'>;

/** What the customer's page and the desk's say of a case alike. */
export async function serializeCase(db: Pick<Tx, 'ndaAgreement'>, row: Row, facts: CaseFacts, now: Date): Promise<SharedView> {
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
    organizationName: row.organization.name,
    openedByName: personName(row.openedBy),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    erasureOrderedAt: row.erasureOrderedAt?.toISOString() ?? null,
    ndaRequired: row.ndaRequired,
    ndaChoice: row.ndaChoice,
    ndaCovered: facts.ndaCovered,
    ndaAgreement: facts.ndaCovered ? await findCoveringAgreement(db, row, now) : null,
    maySend: maySendFiles(facts),
  };
}
