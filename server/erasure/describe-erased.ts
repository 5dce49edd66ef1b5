import { type ErasedFile, type ErasureCertificatePayload, watchUntil } from '@/domain/erasure';
import { getDb, type Prisma } from '../db';
import { sizeInBytes } from '../file/size-in-bytes';

const fileColumns = {
  id: true, kind: true, encoding: true, rawSizeBytes: true, sizeBytes: true, rawSha256: true, reservedAt: true, storedAt: true, state: true, stateAt: true,
  receipt: { select: { id: true } },
  segments: { where: { state: 'stored' }, orderBy: { index: 'asc' }, select: { index: true, rawSizeBytes: true, rawSha256: true, sizeBytes: true, sha256: true } },
} as const satisfies Prisma.DiagnosticFileSelect;
const orderFileColumns = {
  foundAt: true, foundVersions: true, foundBytes: true, lastSeenAt: true, absentAt: true, urlsEndAt: true,
  order: { select: { orderedAt: true } },
  file: { select: fileColumns },
} as const satisfies Prisma.ErasureOrderFileSelect;
type Row = Prisma.ErasureOrderFileGetPayload<{ select: typeof orderFileColumns }>;

export type Erased = Pick<ErasureCertificatePayload, 'files' | 'totals' | 'lastSeenAt' | 'urlsEndAt'> & {
  /** When the last file was seen to be absent; null where there was none. */
  readonly absentAt: Date | null;
  /** Until when a URL that was issued before the order may still write; null where none can. */
  readonly watchUntil: Date | null;
};

const latest = (times: readonly (Date | null)[]): Date | null => times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);

/** What was there of an order's files and what was seen of it, without a name. Null while a file was not seen to be absent. */
export async function describeErased(orderId: string): Promise<Erased | null> {
  const rows = await getDb().erasureOrderFile.findMany({ where: { orderId }, orderBy: { fileId: 'asc' }, select: orderFileColumns });
  const files: ErasedFile[] = [];
  for (const row of rows) {
    const { absentAt } = row;
    if (absentAt === null) return null;
    files.push(describeFile(row, absentAt));
  }
  const stillOpen = rows.map(({ urlsEndAt, absentAt }) => (urlsEndAt !== null && absentAt !== null && watchUntil(urlsEndAt) > absentAt ? urlsEndAt : null));
  const urlsEndAt = latest(stillOpen);
  return {
    files,
    totals: totalsOf(files),
    lastSeenAt: latest(rows.map((row) => row.lastSeenAt))?.toISOString() ?? null,
    urlsEndAt: urlsEndAt?.toISOString() ?? null,
    absentAt: latest(rows.map((row) => row.absentAt)),
    watchUntil: urlsEndAt === null ? null : watchUntil(urlsEndAt),
  };
}

function describeFile({ file, order, ...seen }: Row, absentAt: Date): ErasedFile {
  const hadExpired = file.state === 'expired' && file.stateAt <= order.orderedAt;
  const segments = file.segments.map((segment) => ({ ...segment, rawSizeBytes: Number(segment.rawSizeBytes), sizeBytes: Number(segment.sizeBytes) }));
  return {
    fileId: file.id,
    kind: file.kind,
    encoding: file.encoding,
    isComplete: file.storedAt !== null,
    rawSizeBytes: sizeInBytes(file.rawSizeBytes),
    sizeBytes: sizeInBytes(file.sizeBytes),
    rawSha256: file.rawSha256,
    segments,
    receiptId: file.receipt?.id ?? null,
    reservedAt: file.reservedAt.toISOString(),
    storedAt: file.storedAt?.toISOString() ?? null,
    ...(hadExpired ? { expiredAt: file.stateAt.toISOString() } : {}),
    found: { at: (seen.foundAt ?? absentAt).toISOString(), versions: seen.foundVersions ?? 0, bytes: Number(seen.foundBytes ?? 0n) },
    lastSeenAt: seen.lastSeenAt?.toISOString() ?? null,
    verifiedAbsentAt: absentAt.toISOString(),
    urlsEndAt: seen.urlsEndAt?.toISOString() ?? null,
    late: null,
  };
}

/** What was there at the time of the order. */
function totalsOf(files: readonly ErasedFile[]): ErasureCertificatePayload['totals'] {
  const held = files.filter(({ expiredAt }) => expiredAt === undefined);
  const sum = (of: (file: ErasedFile) => number) => held.reduce((total, file) => total + of(file), 0);
  const ofSegments = (file: ErasedFile, of: 'rawSizeBytes' | 'sizeBytes') => file.segments.reduce((total, segment) => total + segment[of], 0);
  return {
    files: held.length,
    segments: sum(({ segments }) => segments.length),
    rawSizeBytes: sum((file) => file.rawSizeBytes ?? ofSegments(file, 'rawSizeBytes')),
    sizeBytes: sum((file) => file.sizeBytes ?? ofSegments(file, 'sizeBytes')),
    versions: files.reduce((total, { found }) => total + found.versions, 0),
  };
}
