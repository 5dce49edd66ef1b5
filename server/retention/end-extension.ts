import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { fileScope } from '../case/case-scope';
import { getDb, inTransaction, type Tx } from '../db';
import { type FileRow, loadFile } from '../file/load-file';
import { requirePermission } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { lockClock, moveClock } from './move-clock';
import { recordExtension } from './propose-extension';

type End = { readonly actor: UserActor; readonly now: Date; readonly extensionId: string };
type Ending = 'objected' | 'withdrawn';

/**
 * The customer objects, before or after the extension took effect, and it ends (P-EXTEND): the clock goes back to where it would be without it,
 * and the file is due at once where that is past. Throws `not_found`, `extension_ended`, `file_wrong_state` where the file is gone.
 */
export async function objectToExtension(input: End): Promise<void> {
  requirePermission(input.actor, 'retention:object');
  await endExtension(input, 'objected');
}

/** Support takes an extension back, with the same effect. */
export async function withdrawExtension(input: End): Promise<void> {
  requirePermission(input.actor, 'retention:extend');
  await endExtension(input, 'withdrawn');
}

async function endExtension({ actor, now, extensionId }: End, ending: Ending): Promise<void> {
  const found = await getDb().retentionExtension.findFirst({ where: { id: extensionId, clock: { file: fileScope(actor) } }, select: { clockId: true, proposedById: true, clock: { select: { fileId: true } } } });
  if (!found?.clock.fileId) throw new AppError('not_found');
  const file = await loadFile(getDb(), actor, found.clock.fileId);
  await inTransaction(async (tx) => {
    const clock = await lockClock(tx, found.clockId);
    if (!clock || clock.endedAt !== null) throw new AppError('file_wrong_state', { detail: 'The file is gone already, and the extension with it.' });
    const { count } = await tx.retentionExtension.updateMany({ where: { id: extensionId, state: { in: ['proposed', 'effective'] } }, data: { state: ending, endedAt: now, endedById: actor.userId } });
    if (count !== 1) throw new AppError('extension_ended');
    const dueAt = await moveClock(tx, clock.id, now);
    if (ending === 'objected') await tellProposer(tx, file, found.proposedById, dueAt);
    await recordExtension(tx, { type: `extension.${ending}`, actor, now, file, data: { extensionId, dueAt: dueAt.toISOString() } });
  });
}

async function tellProposer(tx: Tx, file: FileRow, userId: string, dueAt: Date): Promise<void> {
  const about = { reference: file.case.reference, fileId: file.id, kindLabel: FILE_KIND_LABELS[file.kind] };
  await queueNotice(tx, { kind: 'extension_objected', userId, caseId: file.caseId, fileId: file.id, data: { ...about, dueAt: dueAt.toISOString() } });
}
