import { type Actor } from '@/domain/actor';
import { parseCaseReference } from '@/domain/case-reference';
import { AppError } from '@/domain/errors';
import { type Tx } from '../db';
import { caseScope } from './case-scope';

/** The columns that every move of a case starts from. */
const columns = { id: true, reference: true, organizationId: true, openedById: true, status: true, ndaRequired: true, ndaChoice: true } as const;

/**
 * The case of `reference` as far as `actor` may see it; a reference as people type it is understood. Unknown, forbidden and
 * malformed are the same `not_found`.
 */
export async function loadCase(db: Pick<Tx, 'case'>, actor: Actor, reference: string) {
  const parsed = parseCaseReference(reference);
  if (parsed === null) throw new AppError('not_found');
  const row = await db.case.findFirst({ where: { AND: [caseScope(actor), { reference: parsed }] }, select: columns });
  if (!row) throw new AppError('not_found');
  return row;
}
