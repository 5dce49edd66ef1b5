import { z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { lineOfText } from '@/domain/text';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';

export const createOrganizationInput = z.strictObject({ name: lineOfText(120, 'the name of your organization') });

/**
 * Makes the organization of a customer who has none. Two organizations may have one name: a name proves nothing and joins
 * nobody. Throws `already_in_organization`, also for the second of two tabs; `not_found` for other roles.
 */
export async function createOrganization({ actor, now, name }: { actor: UserActor; now: Date; name: string }): Promise<{ organizationId: string }> {
  if (actor.role !== 'customer') throw new AppError('not_found');
  return inTransaction(async (tx) => {
    const { id } = await tx.organization.create({ data: { name, createdAt: now }, select: { id: true } });
    const { count } = await tx.user.updateMany({ where: { id: actor.userId, role: 'customer', organizationId: null, disabledAt: null }, data: { organizationId: id } });
    if (count !== 1) throw new AppError('already_in_organization', { detail: 'You belong to an organization already. Reload the page.' });
    await appendAuditEvent(tx, now, { type: 'organization.created', actor, organizationId: id });
    return { organizationId: id };
  });
}
