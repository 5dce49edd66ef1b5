import { type Actor } from '@/domain/actor';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { type FileState, FINAL_STATES, HELD_STATES, QUARANTINE_REASONS } from '@/domain/file-states';
import { type FileView } from '@/domain/file-view';
import { fileScope } from '../case/case-scope';
import { type Prisma, type Tx } from '../db';
import { dueOfClock } from '../retention/due-of-clock';
import { receiptPageOf } from './receipt-url';
import { rawSizeOf, sizeInBytes } from './size-in-bytes';

const columns = {
  id: true, name: true, kind: true, encoding: true, state: true, stateReason: true, stateAt: true, announcedSizeBytes: true, rawSizeBytes: true, sizeBytes: true,
  segmentBytes: true, isSingleObject: true, segmentCount: true, rawSha256: true, requestId: true, reservedAt: true, storedAt: true, verifiedAt: true, lostAt: true, sentByUserId: true, sentByUploadKeyId: true, erasureOrderedAt: true,
  case: { select: { reference: true } },
  clock: { select: { dueAt: true, endedAt: true, extensions: { where: { state: 'effective' }, select: { days: true } } } },
  receipt: { select: { id: true } },
} as const satisfies Prisma.DiagnosticFileSelect;
type ViewRow = Prisma.DiagnosticFileGetPayload<{ select: typeof columns }>;
type Progress = { readonly segments: number; readonly rawBytes: number };

export type FileViewQuery = {
  readonly where: Prisma.DiagnosticFileWhereInput;
  readonly orderBy?: Prisma.DiagnosticFileOrderByWithRelationInput[];
  readonly take?: number;
  readonly skip?: number;
};

/** The files of a query as pages show them, within what `actor` may see, newest first; two queries, however many files. */
export async function loadFileViews(db: Pick<Tx, 'diagnosticFile' | 'segment'>, actor: Actor, { where, orderBy, take, skip }: FileViewQuery): Promise<FileView[]> {
  const rows = await db.diagnosticFile.findMany({ where: { AND: [fileScope(actor), where] }, orderBy: orderBy ?? [{ reservedAt: 'desc' }, { id: 'desc' }], take, skip, select: columns });
  const sums = await db.segment.groupBy({ by: ['fileId'], where: { fileId: { in: rows.map(({ id }) => id) }, state: 'stored' }, _count: { _all: true }, _sum: { rawSizeBytes: true } });
  const progress = new Map(sums.map(({ fileId, _count, _sum }) => [fileId, { segments: _count._all, rawBytes: Number(_sum.rawSizeBytes ?? 0n) }]));
  return rows.map((row) => toFileView(row, progress.get(row.id) ?? { segments: 0, rawBytes: 0 }, actor));
}

function toFileView(row: ViewRow, progress: Progress, actor: Actor): FileView {
  return {
    id: row.id,
    caseReference: row.case.reference,
    name: row.name,
    kind: row.kind,
    kindLabel: FILE_KIND_LABELS[row.kind],
    encoding: row.encoding,
    state: row.state,
    stateReason: row.stateReason,
    stateReasonText: quarantineText(row.stateReason),
    stateAt: row.stateAt.toISOString(),
    rawSizeBytes: rawSizeOf(row),
    sizeBytes: sizeInBytes(row.sizeBytes),
    segmentBytes: row.segmentBytes,
    segmentCount: row.segmentCount,
    isSingleObject: row.isSingleObject,
    storedSegments: progress.segments,
    storedRawBytes: progress.rawBytes,
    sentBy: sentBy(row, actor),
    requestId: row.requestId,
    reservedAt: row.reservedAt.toISOString(),
    storedAt: row.storedAt?.toISOString() ?? null,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    dueAt: dueOfClock(row.clock),
    erasureOrderedAt: row.erasureOrderedAt?.toISOString() ?? null,
    lostAt: lostMark(row),
    extendedDays: row.clock?.extensions.reduce((sum, { days }) => sum + days, 0) ?? 0,
    goneAt: FINAL_STATES.includes(row.state) ? row.stateAt.toISOString() : null,
    sha256: row.rawSha256,
    receiptUrl: row.receipt ? receiptPageOf(row.case.reference, row.id) : null,
  };
}

/** The mark of a file that is held and not whole in storage any more, as ISO 8601. */
export function lostMark({ state, lostAt }: { readonly state: FileState; readonly lostAt: Date | null }): string | null {
  return lostAt && HELD_STATES.includes(state) ? lostAt.toISOString() : null;
}

/** The sentence of a quarantine reason, or null where there is none. */
function quarantineText(reason: string | null): string | null {
  return reason !== null && Object.hasOwn(QUARANTINE_REASONS, reason) ? QUARANTINE_REASONS[reason as keyof typeof QUARANTINE_REASONS] : null;
}

function sentBy(row: ViewRow, actor: Actor): FileView['sentBy'] {
  if (row.sentByUploadKeyId) return 'upload_key';
  if (actor.kind !== 'user') return 'customer';
  if (row.sentByUserId === actor.userId) return 'you';
  return actor.role === 'customer' ? 'colleague' : 'customer';
}
