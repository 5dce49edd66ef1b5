import { keyOfStored, storedKey } from '@/domain/object-key';
import { AppError } from '@/domain/errors';
import { getDb, type Tx } from '../db';
import { type BucketMarker } from '../storage/list-bucket-page';

/** The row of the look that goes on, and the one of the last that came to its end. */
const UNDER_WAY = 'under_way';
const LAST = 'last';

/** One comparison of the whole bucket with the ledger, page by page, over as many runs of the job as it takes. */
export type Look = { readonly startedAt: Date; readonly after: BucketMarker | null } & Seen;
/** What is counted: versions that were listed, and files that are gone of which something was found and could not be erased, each once a page. */
type Seen = { readonly objects: number; readonly remains: number };

const added = (look: Seen, page: Seen): Seen => ({ objects: look.objects + page.objects, remains: look.remains + page.remains });

/** The look under way, or a new one from the beginning. */
export async function openLook(now: Date): Promise<Look> {
  const row = await getDb().storageLook.upsert({ where: { id: UNDER_WAY }, create: { id: UNDER_WAY, startedAt: now, objects: 0 }, update: {} });
  return { startedAt: row.startedAt, objects: row.objects, remains: row.remains, after: row.keyMarker === null ? null : { key: keyOfStored(row.keyMarker), versionId: row.versionIdMarker } };
}

/** Moves the look behind a page. Throws `conflict` where another worker moved it: what is recorded with it counts once. */
export async function advanceLook(tx: Tx, look: Look, next: BucketMarker, page: Seen): Promise<Look> {
  const { count } = await tx.storageLook.updateMany({
    where: { id: UNDER_WAY, startedAt: look.startedAt, keyMarker: look.after ? storedKey(look.after.key) : null, versionIdMarker: look.after?.versionId ?? null },
    data: { keyMarker: storedKey(next.key), versionIdMarker: next.versionId, ...added(look, page) },
  });
  if (count !== 1) throw new AppError('conflict');
  return { ...look, after: next, ...added(look, page) };
}

/** Ends the look: from here on it is the last one. Throws `conflict` where another worker ended it. */
export async function endLook(tx: Tx, look: Look, now: Date, page: Seen): Promise<null> {
  const { count } = await tx.storageLook.deleteMany({ where: { id: UNDER_WAY, startedAt: look.startedAt } });
  if (count !== 1) throw new AppError('conflict');
  const row = { startedAt: look.startedAt, endedAt: now, ...added(look, page) };
  await tx.storageLook.upsert({ where: { id: LAST }, create: { id: LAST, ...row }, update: row });
  return null;
}

/** The last whole comparison; null before the first. */
export async function lastLook(): Promise<({ readonly startedAt: Date; readonly endedAt: Date } & Seen) | null> {
  const row = await getDb().storageLook.findUnique({ where: { id: LAST } });
  return row?.endedAt ? { startedAt: row.startedAt, endedAt: row.endedAt, objects: row.objects, remains: row.remains } : null;
}
