import { type Actor } from '@/domain/actor';
import { type FileView } from '@/domain/file-view';
import { MAX_FILES_PER_CASE } from '@/domain/limits';
import { loadCase } from '../case/load-case';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { loadFileViews } from './load-file-views';

/** The files of a case, newest first, those that are gone included. Throws `not_found`. */
export async function listCaseFiles({ actor, reference }: { readonly actor: Actor; readonly reference: string }): Promise<FileView[]> {
  requirePermission(actor, 'file:read');
  const { id } = await loadCase(getDb(), actor, reference);
  return loadFileViews(getDb(), actor, { where: { caseId: id }, take: 2 * MAX_FILES_PER_CASE });
}
