import { type Actor } from '@/domain/actor';
import { may } from '@/domain/permissions';
import { type Prisma } from '../db';

/**
 * The one builder of "what is shared with this actor at `now`": approved, for them, before its date, of a case that is not being erased. Whoever is no subcontractor
 * gets nothing here, whatever they see elsewhere.
 */
export function sharedScope(actor: Actor, now: Date): Prisma.SharingRequestWhereInput {
  if (actor.kind !== 'user' || !may(actor, 'shared:read')) return { id: { in: [] } };
  return { recipientUserId: actor.userId, state: 'approved', endsAt: { gt: now }, case: { erasureOrderedAt: null }, files: { some: { file: SHARED_FILE } } };
}

/** Of an approved set: what is not erased and not under an order. */
export const SHARED_FILE = { state: { not: 'erased' }, erasureOrderedAt: null } as const satisfies Prisma.DiagnosticFileWhereInput;
