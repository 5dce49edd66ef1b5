import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { getDb } from '../db';
import { completeFile } from './complete-file';
import { confirmSegments } from './confirm-segments';
import { loadFile } from './load-file';

/**
 * Looks whether what a curl line sends is in storage, and ends the file's sending where it is; from there on it goes the way of every
 * file. Safe to repeat. Answers the reference of its case. Throws `not_found`, `segments_missing` with what to do,
 * `segment_mismatch` where something else was there (it is removed), and `file_wrong_state`.
 */
export async function finishPutLine({ actor, now, fileId }: { readonly actor: Actor; readonly now: Date; readonly fileId: string }): Promise<{ readonly reference: string }> {
  const { stored, refused = [] } = await confirmSegments({ actor, now, fileId, indexes: [1] });
  const file = await loadFile(getDb(), actor, fileId);
  if (refused.length > 0) throw new AppError('segment_mismatch', { detail: 'What arrived is not the file that you described; it was removed. Make a new line and send the file again.' });
  if (stored.length === 0) throw new AppError('segments_missing', { detail: 'The file is not in storage yet. Wait until curl has ended without an error, then look again; if its 15 minutes are over, make a new line first.' });
  const segment = await getDb().segment.findUnique({ where: { fileId_index: { fileId: file.id, index: 1 } }, select: { rawSha256: true } });
  await completeFile({ actor, now, fileId: file.id, segmentCount: 1, rawSha256: segment?.rawSha256 });
  return { reference: file.case.reference };
}
