import { type Actor } from '@/domain/actor';
import { parseCaseReference } from '@/domain/case-reference';
import { AppError } from '@/domain/errors';
import { type Prisma, type Tx } from '../db';
import { caseScope } from './case-scope';

/** The columns that every move of a case starts from. */
const columns = { id: true, reference: true, organizationId: true, openedById: true, status: true, ndaRequired: true, ndaChoice: true } as const;

/** The case of `reference`, as people type it, as far as `actor` may see it. Throws `not_found` for what is no reference. */
export function caseOfReference(actor: Actor, reference: string): Prisma.CaseWhereInput {
  const parsed = parseCaseReference(reference);
  if (parsed === null) throw new AppError('not_found');
  return { AND: [caseScope(actor), { reference: parsed }] };
}

/** What every use case about a case starts from. Unknown, forbidden and malformed are the same `not_found`. */
export async function loadCase(db: Pick<Tx, 'case'>, actor: Actor, reference: string) {
  const row = await db.case.findFirst({ where: caseOfReference(actor, reference), select: columns });
  if (!row) throw new AppError('not_found');
  return row;
}
