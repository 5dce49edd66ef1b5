import { type UserActor } from '@/domain/actor';
import { type SharedItem } from '@/domain/shared';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { SHARED_FILE, sharedScope } from './shared-scope';

/** What is shared with the actor now, the soonest end first. */
export async function listShared({ actor, now }: { readonly actor: UserActor; readonly now: Date }): Promise<readonly SharedItem[]> {
  requirePermission(actor, 'shared:read');
  const rows = await getDb().sharingRequest.findMany({
    where: sharedScope(actor, now),
    orderBy: [{ endsAt: 'asc' }, { id: 'asc' }],
    take: 200,
    select: { id: true, purpose: true, endsAt: true, case: { select: { reference: true } }, _count: { select: { files: { where: { file: SHARED_FILE } } } } },
  });
  return rows.map((row) => ({ id: row.id, caseReference: row.case.reference, purpose: row.purpose, endsAt: row.endsAt.toISOString(), files: row._count.files }));
}
