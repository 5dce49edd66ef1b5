import { type Actor } from '@/domain/actor';
import { may } from '@/domain/permissions';
import { type Prisma } from '../db';

/** Matches no row: `in` of nothing. */
const NOTHING = { id: { in: [] as string[] } } as const;

/**
 * The one builder of "the cases that this actor may see", to be put into every query that loads a case (docs/design.md, habit 4). A customer
 * sees their organization's, staff who may read any see all, an upload key sees its own case, and everybody else nothing.
 */
export function caseScope(actor: Actor): Prisma.CaseWhereInput {
  switch (actor.kind) {
    case 'user':
      if (may(actor, 'case:read_any')) return {};
      return may(actor, 'case:read') && actor.organizationId ? { organizationId: actor.organizationId } : NOTHING;
    case 'upload_key':
      return { id: actor.caseId, organizationId: actor.organizationId };
    case 'system':
    case 'anonymous':
      return NOTHING;
    default:
      return NOTHING;
  }
}

/**
 * "The files that this actor may see". An upload key sees those that it began, those of its case that are not sent to the end
 * (whoever began them: it may go on with them), and those that it brought to their end. Of what others sent it sees nothing.
 */
export function fileScope(actor: Actor): Prisma.DiagnosticFileWhereInput {
  if (!may(actor, 'file:read')) return NOTHING;
  if (actor.kind === 'upload_key') {
    const { uploadKeyId, caseId } = actor;
    return { caseId, OR: [{ sentByUploadKeyId: uploadKeyId }, { endedByUploadKeyId: uploadKeyId }, { state: { in: ['reserved', 'uploading'] } }] };
  }
  const scope = caseScope(actor);
  return scope === NOTHING ? NOTHING : { case: scope };
}
