import { type Actor } from '@/domain/actor';
import { caseTasks, nextStepOf } from '@/domain/case-tasks';
import { type CaseView } from '@/domain/case-view';
import { AppError } from '@/domain/errors';
import { getDb, type Prisma } from '../db';
import { fileRequestColumns, serializeFileRequest } from '../file-request/file-request-view';
import { requirePermission } from '../http/require-permission';
import { loadCaseFacts } from './case-facts';
import { caseOfReference } from './load-case';
import { caseColumns, serializeCase } from './serialize-case';

const columns = { ...caseColumns, fileRequests: { select: fileRequestColumns, orderBy: { createdAt: 'desc' } } } as const satisfies Prisma.CaseSelect;

/** One case with its tasks and its next step. Unknown and forbidden: `not_found`. */
export async function getCase({ actor, reference, now }: { actor: Actor; reference: string; now: Date }): Promise<CaseView> {
  requirePermission(actor, 'case:read');
  const db = getDb();
  const row = await db.case.findFirst({ where: caseOfReference(actor, reference), select: columns });
  if (!row) throw new AppError('not_found');
  const facts = (await loadCaseFacts(db, [row], now)).get(row.id);
  if (!facts) throw new AppError('internal');
  return {
    ...(await serializeCase(db, row, facts, now)),
    organizationId: row.organizationId,
    tasks: caseTasks(facts),
    nextStep: nextStepOf(facts),
    fileRequests: row.fileRequests.map(serializeFileRequest),
  };
}
