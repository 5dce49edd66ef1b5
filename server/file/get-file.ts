import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { type FileView } from '@/domain/file-view';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { loadFileViews } from './load-file-views';

/** One file as its page shows it. Throws `not_found`. */
export async function getFile({ actor, fileId }: { readonly actor: Actor; readonly fileId: string }): Promise<FileView> {
  requirePermission(actor, 'file:read');
  const [file] = await loadFileViews(getDb(), actor, { where: { id: fileId }, take: 1 });
  if (!file) throw new AppError('not_found');
  return file;
}
