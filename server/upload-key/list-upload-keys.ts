import { type Actor } from '@/domain/actor';
import { type UploadKeyState, type UploadKeyView } from '@/domain/upload-key';
import { loadCase } from '../case/load-case';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { PERSON_NAME, personName } from '../user/person-name';

/** Keys of a case that a page lists; older ones stand in the audit log. */
const LISTED = 30;

type Row = { readonly revokedAt: Date | null; readonly expiresAt: Date };

function stateOf({ revokedAt, expiresAt }: Row, now: Date): UploadKeyState {
  if (revokedAt) return 'revoked';
  return expiresAt > now ? 'works' : 'ended';
}

/** The upload keys of a case, newest first, with their use. Throws `not_found`. */
export async function listUploadKeys({ actor, now, reference }: { readonly actor: Actor; readonly now: Date; readonly reference: string }): Promise<readonly UploadKeyView[]> {
  requirePermission(actor, 'case:read');
  const { id: caseId } = await loadCase(getDb(), actor, reference);
  const rows = await getDb().uploadKey.findMany({
    where: { caseId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: LISTED,
    select: {
      id: true, hint: true, createdAt: true, expiresAt: true, revokedAt: true, lastUsedAt: true,
      createdBy: { select: PERSON_NAME },
      files: { select: { id: true } },
      endedFiles: { where: { state: { not: 'abandoned' } }, select: { id: true } },
    },
  });
  return rows.map((row) => ({
    id: row.id,
    hint: row.hint,
    state: stateOf(row, now),
    madeByName: personName(row.createdBy),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    files: new Set([...row.files, ...row.endedFiles].map(({ id }) => id)).size,
  }));
}
