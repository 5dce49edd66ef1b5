import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { type Tx } from '../db';
import { type NewNotice, queueNotice } from '../notice/queue-notice';
import { type FileRow, senderOf } from './load-file';

type Told =
  | { readonly kind: 'file_verified'; readonly dueAt: string }
  | { readonly kind: 'file_quarantined'; readonly reason: string }
  | { readonly kind: 'file_abandoned' | 'file_expired' | 'file_lost' | 'file_found' };

/** Queues a notice to whoever sent the file, or made the key that did; quiet where nobody is left. */
export async function tellSender(tx: Tx, file: FileRow, told: Told): Promise<void> {
  const userId = await senderOf(tx, file);
  if (userId === null) return;
  const about = { reference: file.case.reference, fileId: file.id, kindLabel: FILE_KIND_LABELS[file.kind] };
  const to = { userId, caseId: file.caseId, fileId: file.id } satisfies Partial<NewNotice<'file_expired'>>;
  switch (told.kind) {
    case 'file_verified':
      await queueNotice(tx, { ...to, kind: told.kind, data: { ...about, dueAt: told.dueAt } });
      return;
    case 'file_quarantined':
      await queueNotice(tx, { ...to, kind: told.kind, data: { ...about, reason: told.reason } });
      return;
    case 'file_abandoned':
    case 'file_expired':
    case 'file_lost':
    case 'file_found':
      await queueNotice(tx, { ...to, kind: told.kind, data: about });
  }
}
