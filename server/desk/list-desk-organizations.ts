import { type Actor } from '@/domain/actor';
import { caseScope } from '../case/case-scope';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';

/** More would not be a choice in a list; the search finds an organization by its name. */
const MAX_ORGANIZATIONS = 500;

/** Organizations that have a case, by name, to filter by. Needs `desk:read`; everybody else: `not_found`. */
export async function listDeskOrganizations({ actor }: { actor: Actor }): Promise<readonly { readonly id: string; readonly name: string }[]> {
  requirePermission(actor, 'desk:read');
  return getDb().organization.findMany({
    where: { cases: { some: caseScope(actor) } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MAX_ORGANIZATIONS,
    select: { id: true, name: true },
  });
}
