import { ROLES } from '@/domain/roles';
import { may, type Permission } from '@/domain/permissions';
import { type Tx } from '../db';
import { queueNotice } from '../notice/queue-notice';

const MAX_TOLD = 50;

/** Tells the staff who may do the next step. */
export async function tellCountersigners(tx: Tx, kind: 'nda_to_countersign' | 'nda_paper_to_review', agreementId: string): Promise<void> {
  const permission: Permission = kind === 'nda_to_countersign' ? 'nda:countersign' : 'nda:review';
  const roles = ROLES.filter((role) => may({ kind: 'user', userId: '', pseudonym: '', role, organizationId: null, sessionId: '' }, permission));
  const people = await tx.user.findMany({ where: { role: { in: roles }, disabledAt: null, email: { not: null } }, select: { id: true }, orderBy: { createdAt: 'asc' }, take: MAX_TOLD });
  for (const { id } of people) await queueNotice(tx, { kind, userId: id, data: { agreementId } });
}
