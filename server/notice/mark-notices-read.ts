import { type UserActor } from '@/domain/actor';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';

/** Marks one of the actor's own notices as read, or all of them. Another person's id marks nothing. Repeating it changes nothing. */
export async function markNoticesRead({ actor, now, noticeId }: { actor: UserActor; now: Date; noticeId?: string }): Promise<void> {
  requirePermission(actor, 'session:manage');
  await getDb().notice.updateMany({ where: { userId: actor.userId, readAt: null, ...(noticeId ? { id: noticeId } : {}) }, data: { readAt: now } });
}
