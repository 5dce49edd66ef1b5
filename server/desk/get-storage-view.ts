import { type Actor } from '@/domain/actor';
import { keyOfStored, shownKey } from '@/domain/object-key';
import { STORAGE_ROWS_SHOWN, type StorageCounts, type StorageView, type UnannouncedView } from '@/domain/storage-view';
import { fileScope } from '../case/case-scope';
import { getDb, type Prisma } from '../db';
import { requirePermission } from '../http/require-permission';
import { LOST_FILES } from '../reconcile/mark-lost';
import { UNANNOUNCED } from '../reconcile/record-strangers';
import { lastLook } from '../reconcile/storage-look';

/** Erased ones that the page shows. */
const ERASED_SHOWN = 20;

const columns = { id: true, objectKey: true, caseReference: true, sizeBytes: true, versionCount: true, firstSeenAt: true, dueAt: true, erasedAt: true } as const satisfies Prisma.UnannouncedObjectSelect;

function serialize(row: Prisma.UnannouncedObjectGetPayload<{ select: typeof columns }>): UnannouncedView {
  return {
    id: row.id,
    key: row.objectKey === null ? null : shownKey(keyOfStored(row.objectKey)),
    caseReference: row.caseReference,
    sizeBytes: Number(row.sizeBytes),
    versionCount: row.versionCount,
    firstSeenAt: row.firstSeenAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    erasedAt: row.erasedAt?.toISOString() ?? null,
  };
}

/** What differs between bucket and ledger, for staff. Needs `desk:read`; everybody else: `not_found`. */
export async function getStorageView({ actor }: { readonly actor: Actor }): Promise<StorageView> {
  requirePermission(actor, 'desk:read');
  const db = getDb();
  const lostFiles = { AND: [fileScope(actor), LOST_FILES] };
  const [look, unannounced, unannouncedCount, erased, lost, lostCount] = await Promise.all([
    lastLook(),
    db.unannouncedObject.findMany({ where: UNANNOUNCED(db), orderBy: [{ dueAt: 'asc' }, { id: 'asc' }], take: STORAGE_ROWS_SHOWN, select: columns }),
    db.unannouncedObject.count({ where: UNANNOUNCED(db) }),
    db.unannouncedObject.findMany({ where: { erasedAt: { not: null } }, orderBy: [{ erasedAt: 'desc' }, { id: 'asc' }], take: ERASED_SHOWN, select: columns }),
    db.diagnosticFile.findMany({ where: lostFiles, orderBy: [{ lostAt: 'desc' }, { id: 'asc' }], take: STORAGE_ROWS_SHOWN, select: { id: true, name: true, lostAt: true, case: { select: { reference: true } }, clock: { select: { dueAt: true } } } }),
    db.diagnosticFile.count({ where: lostFiles }),
  ]);
  return {
    lookedAt: look ? { endedAt: look.endedAt.toISOString(), objects: look.objects } : null,
    unannounced: unannounced.map(serialize),
    unannouncedCount,
    erased: erased.map(serialize),
    lost: lost.flatMap((file) => (file.lostAt ? [{ id: file.id, name: file.name, caseReference: file.case.reference, lostAt: file.lostAt.toISOString(), dueAt: file.clock?.dueAt.toISOString() ?? null }] : [])),
    lostCount,
  };
}

/** The counts alone, for the line on the desk's list of files. Needs `desk:read`. */
export async function countStorage({ actor }: { readonly actor: Actor }): Promise<StorageCounts> {
  requirePermission(actor, 'desk:read');
  const db = getDb();
  const [look, unannounced, lost] = await Promise.all([lastLook(), db.unannouncedObject.count({ where: UNANNOUNCED(db) }), db.diagnosticFile.count({ where: { AND: [fileScope(actor), LOST_FILES] } })]);
  return { lookedAt: look?.endedAt.toISOString() ?? null, unannounced, lost };
}
