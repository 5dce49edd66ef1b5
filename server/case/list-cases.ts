import { type Actor } from '@/domain/actor';
import { nextStepOf } from '@/domain/case-tasks';
import { type CaseListItem } from '@/domain/case-view';
import { AppError } from '@/domain/errors';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { loadCaseFacts } from './case-facts';
import { PERSON_NAME, personName } from '../user/person-name';

/** More cases than one organization has open; older ones are reached by their reference. */
const MAX_CASES = 200;

const columns = {
  id: true, reference: true, title: true, product: true, severity: true, status: true, updatedAt: true, organizationId: true, erasureOrderedAt: true,
  ndaRequired: true, ndaChoice: true, openedBy: { select: PERSON_NAME },
} as const;

/**
 * The cases of the customer's own organization, open ones first, each with its next step; at most 200. Staff have the desk.
 */
export async function listCases({ actor, now }: { actor: Actor; now: Date }): Promise<readonly CaseListItem[]> {
  requirePermission(actor, 'case:open');
  if (actor.kind !== 'user' || actor.organizationId === null) throw new AppError('organization_needed');
  const db = getDb();
  const rows = await db.case.findMany({
    where: { organizationId: actor.organizationId },
    orderBy: [{ status: 'asc' }, { updatedAt: 'desc' }],
    take: MAX_CASES,
    select: columns,
  });
  const facts = await loadCaseFacts(db, rows, now);
  return rows.flatMap((row) => {
    const known = facts.get(row.id);
    if (!known) return [];
    const { unfinished, checking, ready, quarantined, gone } = known.files;
    return [{
      reference: row.reference,
      title: row.title,
      product: row.product,
      severity: row.severity,
      status: row.status,
      openedByName: personName(row.openedBy),
      updatedAt: row.updatedAt.toISOString(),
      files: unfinished + checking + ready + quarantined + gone,
      openRequests: known.openRequests,
      nextStep: nextStepOf(known),
    }];
  });
}
