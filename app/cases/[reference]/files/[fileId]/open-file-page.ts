import { notFound } from 'next/navigation';
import { z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { type FileView } from '@/domain/file-view';
import { getFile } from '@/server/file/get-file';
import { orNotFound } from '@/server/http/page-result';

export type FileParams = { readonly params: Promise<{ reference: string; fileId: string }> };

/** The file of the address, as far as `actor` may see it and where it belongs to the case of the address. */
export async function openFile(actor: UserActor, reference: string, fileId: string): Promise<FileView> {
  const id = z.uuid().safeParse(fileId);
  if (!id.success) notFound();
  const file = await orNotFound(getFile({ actor, fileId: id.data }));
  if (file.caseReference !== reference) notFound();
  return file;
}
