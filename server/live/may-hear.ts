import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { type LiveChange, type LiveTopic } from '@/domain/live';
import { may } from '@/domain/permissions';
import { caseScope } from '../case/case-scope';
import { getDb } from '../db';

/** Throws `not_found` unless the actor may listen to the topic at all. */
export async function assertMayListen(actor: UserActor, topic: LiveTopic): Promise<void> {
  if (topic === 'desk') {
    if (!may(actor, 'desk:read')) throw new AppError('not_found');
  } else if (topic === 'organization') {
    if (!may(actor, 'case:read') || actor.organizationId === null) throw new AppError('not_found');
  } else {
    const row = may(actor, 'case:read') ? await getDb().case.findFirst({ where: { AND: [caseScope(actor), { id: topic.caseId }] }, select: { id: true } }) : null;
    if (!row) throw new AppError('not_found');
  }
}

/** Whether a change is of the topic and within what the actor may see: a customer hears of their own organization only. */
export function mayHear(actor: UserActor, topic: LiveTopic, change: LiveChange): boolean {
  if (!may(actor, 'case:read_any') && (actor.organizationId === null || change.organizationId !== actor.organizationId)) return false;
  if (topic === 'desk') return may(actor, 'desk:read');
  if (topic === 'organization') return change.organizationId === actor.organizationId;
  return change.caseId === topic.caseId;
}
