import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { inTransaction, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { enqueueJob } from '../jobs/enqueue-job';
import { endedBy } from './ended-by';
import { lockFile } from './load-file';
import { moveFile } from './move-file';

/**
 * Gives an unfinished upload up: no URL is issued any more and a job deletes what was stored. Quiet where it was abandoned
 * before. A key gives up what keys began; what a person began is theirs to give up, so a key that leaked cannot end it. Throws `not_found`, and
 * `file_wrong_state` for a file that was completed.
 */
export async function abandonFile({ actor, now, fileId }: { readonly actor: Actor; readonly now: Date; readonly fileId: string }): Promise<void> {
  requirePermission(actor, 'file:abandon');
  await inTransaction(async (tx) => {
    const file = await lockFile(tx, actor, fileId);
    if (actor.kind === 'upload_key' && file.sentByUploadKeyId === null) throw new AppError('not_found');
    const moved = await moveFile(tx, { actor, now, file, event: 'abandon', set: endedBy(actor), data: { why: 'asked' }, also: () => enqueueDeletion(tx, file.id, now) });
    if (!moved && file.state !== 'abandoned') throw new AppError('file_wrong_state');
  });
}

/** A PUT whose URL was issued before may begin for 15 minutes more: a second look comes after that, the last with the sweeper. */
const SECOND_LOOK_MS = 20 * 60 * 1000;

/** Deletes what is stored of an abandoned file, now and again once every URL is past its time. */
export async function enqueueDeletion(tx: Tx, fileId: string, now: Date): Promise<void> {
  await enqueueJob(tx, 'delete-objects', { fileId }, { jobKey: `delete-objects:${fileId}` });
  await enqueueJob(tx, 'delete-objects', { fileId }, { jobKey: `delete-objects-again:${fileId}`, runAt: new Date(now.getTime() + SECOND_LOOK_MS) });
}
