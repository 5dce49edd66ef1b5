import { type SystemActor } from '@/domain/actor';
import { keyOfStored, storedKey } from '@/domain/object-key';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction } from '../db';
import { deleteObjectVersions, listKeyVersions } from '../storage/delete-object-versions';
import { getBucket, getS3 } from '../storage/s3-client';

const RECONCILER: SystemActor = { kind: 'system', name: 'reconcile' };

type Row = { readonly id: string; readonly objectKey: string | null };
type Erase = { readonly row: Row; readonly now: Date; readonly signal?: AbortSignal };

/**
 * Erases an unannounced object: exactly its key, every version that is listed before the ledger is asked once more, so that what
 * is announced and sent in the same moment is not among them. Only once the key is seen to be absent does the row say erased, and
 * then it holds no key any more. Killed anywhere and run again it ends the same.
 * @returns true where this call recorded it as erased
 */
export async function eraseUnannounced({ row, now, signal }: Erase): Promise<boolean> {
  if (row.objectKey === null) return false;
  const target = { s3: getS3(), bucket: getBucket(), key: keyOfStored(row.objectKey), signal };
  const versions = await listKeyVersions(target);
  if (await isAnnounced(target.key)) {
    await getDb().unannouncedObject.deleteMany({ where: { id: row.id, erasedAt: null } });
    return false;
  }
  await deleteObjectVersions({ ...target, versions });
  if ((await listKeyVersions(target)).length > 0) return false;
  return recordErased({ row, now }, versions.length);
}

async function isAnnounced(key: string): Promise<boolean> {
  return !key.includes('\0') && (await getDb().segment.count({ where: { objectKey: key } })) > 0;
}

/**
 * For one that the last look did not see any more, because somebody else removed it: recorded as erased once its exact key is seen to
 * be absent.
 */
export async function settleVanished({ row, now, signal }: Erase): Promise<boolean> {
  if (row.objectKey === null) return false;
  const versions = await listKeyVersions({ s3: getS3(), bucket: getBucket(), key: keyOfStored(row.objectKey), signal });
  return versions.length === 0 && recordErased({ row, now }, 0);
}

/**
 * For what lay under a prefix that was just seen to be empty: nothing of it is accused any more, and no key of it stays, since a key may hold a part of a file's name
 * (P-RAW-7, P-ERASE). One that a single look saw was never unannounced: its row goes.
 */
export async function settleUnder({ prefix, now }: { readonly prefix: string; readonly now: Date }): Promise<void> {
  const db = getDb();
  const under = { erasedAt: null, objectKey: { startsWith: storedKey(prefix) } };
  await db.unannouncedObject.deleteMany({ where: { ...under, lastSeenAt: { equals: db.unannouncedObject.fields.firstSeenAt } } });
  for (const row of await db.unannouncedObject.findMany({ where: under, select: { id: true, objectKey: true } })) await recordErased({ row, now }, 0);
}

async function recordErased({ row, now }: Pick<Erase, 'row' | 'now'>, versions: number): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { count } = await tx.unannouncedObject.updateMany({ where: { id: row.id, erasedAt: null }, data: { erasedAt: now, objectKey: null } });
    if (count !== 1) return false;
    await appendAuditEvent(tx, now, { type: 'storage.unannounced_erased', actor: RECONCILER, data: { unannouncedObjectId: row.id, versions } });
    return true;
  });
}
