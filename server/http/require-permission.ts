import { type Actor, type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { may, type Permission } from '@/domain/permissions';

/** Any organization: shows whether it is only the organization that is missing. */
const SOME_ORGANIZATION = '00000000-0000-0000-0000-000000000000';

/**
 * Ends here unless the actor's role allows `permission` at all. Nobody learns what exists: forbidden is `not_found`.
 * Throws `unauthenticated` for somebody who is not signed in, `organization_needed` for a customer who has yet to name one.
 */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (may(actor, permission)) return;
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated');
  if (actor.kind === 'user' && actor.organizationId === null && may({ ...actor, organizationId: SOME_ORGANIZATION }, permission)) throw new AppError('organization_needed');
  throw new AppError('not_found');
}

/** The same for what a person alone does: a key, which stands for a machine, is told `not_found` as well. */
export function requireUser(actor: Actor, permission: Permission): asserts actor is UserActor {
  requirePermission(actor, permission);
  if (actor.kind !== 'user') throw new AppError('not_found');
}
