import { type Actor } from '@/domain/actor';
import { type AuditData } from '@/domain/audit';
import { type SharingView, sharingStateAt } from '@/domain/sharing';
import { loadCase } from '../case/load-case';
import { getDb, type Prisma } from '../db';
import { rawSizeOf } from '../file/size-in-bytes';
import { requirePermission } from '../http/require-permission';

const columns = {
  id: true, recipientEmail: true, purpose: true, state: true, stateAt: true, endedBecause: true, createdAt: true, endsAt: true, withCaseNotes: true,
  files: { orderBy: { fileId: 'asc' }, select: { file: { select: { id: true, name: true, kind: true, rawSizeBytes: true, announcedSizeBytes: true, state: true } } } },
} as const satisfies Prisma.SharingRequestSelect;
type Row = Prisma.SharingRequestGetPayload<{ select: typeof columns }>;

/** Views of one request that are listed one by one. */
const VIEWS_SHOWN = 20;
const MAX_VIEWS_READ = 2000;

/** Times at which the recipient looked, by request, newest first: from the audit log, which nobody can shorten. */
async function loadViews(caseId: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const events = await getDb().auditEvent.findMany({ where: { caseId, type: 'sharing.viewed' }, orderBy: { seq: 'desc' }, take: MAX_VIEWS_READ, select: { at: true, data: true } });
  const views = new Map<string, string[]>();
  for (const { at, data } of events) {
    const id = String((data as AuditData).sharingId);
    views.set(id, [...(views.get(id) ?? []), at.toISOString()]);
  }
  return views;
}

function serialize(row: Row, views: readonly string[], now: Date): SharingView {
  const state = sharingStateAt(row, now);
  return {
    id: row.id,
    recipientEmail: row.recipientEmail,
    purpose: row.purpose,
    state,
    stateAt: (state === row.state ? row.stateAt : row.endsAt).toISOString(),
    endedBecause: state === row.state ? row.endedBecause : 'date',
    createdAt: row.createdAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    withCaseNotes: row.withCaseNotes,
    files: row.files.map(({ file }) => ({ fileId: file.id, name: file.name, kind: file.kind, rawSizeBytes: rawSizeOf(file), state: file.state })),
    views: views.slice(0, VIEWS_SHOWN),
    totalViews: views.length,
  };
}

/** What was asked to be shared of a case, newest first, with every view of a recipient: for its customers and for staff. Unknown and forbidden: `not_found`. */
export async function listCaseSharings({ actor, now, reference }: { readonly actor: Actor; readonly now: Date; readonly reference: string }): Promise<readonly SharingView[]> {
  requirePermission(actor, 'case:read');
  const db = getDb();
  const { id: caseId } = await loadCase(db, actor, reference);
  const rows = await db.sharingRequest.findMany({ where: { caseId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 100, select: columns });
  const views = rows.length > 0 ? await loadViews(caseId) : new Map<string, string[]>();
  return rows.map((row) => serialize(row, views.get(row.id) ?? [], now));
}
