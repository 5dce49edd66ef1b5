import { type AnnouncedSegment } from '@/domain/contracts';
import { AppError } from '@/domain/errors';
import { MAX_ATTEMPTS_PER_SEGMENT, PRESIGN_SECONDS } from '@/domain/limits';
import { type Prisma, type Tx } from '../db';
import { type FileRow } from './load-file';

type Announcement = { readonly file: FileRow; readonly segments: readonly AnnouncedSegment[]; readonly keyOf: (index: number) => string; readonly now: Date };

const known = { id: true, index: true, state: true, rawSha256: true, rawSizeBytes: true, attempts: { select: { id: true, sizeBytes: true, sha256: true } } } as const satisfies Prisma.SegmentSelect;
type KnownSegment = Prisma.SegmentGetPayload<{ select: typeof known }>;

/**
 * Writes down what each URL is going to be signed for. The raw content of a segment is fixed by its first announcement; the
 * same content may be announced compressed in another way. The caller holds the file's lock.
 * @returns the indexes that are stored already and need no URL
 */
export async function announceSegments(tx: Tx, { file, segments, keyOf, now }: Announcement): Promise<ReadonlySet<number>> {
  const rows = await tx.segment.findMany({ where: { fileId: file.id, index: { in: segments.map(({ index }) => index) } }, select: known });
  const byIndex = new Map(rows.map((row) => [row.index, row]));
  assertSameContent(segments, byIndex);
  const fresh = segments.filter(({ index }) => !byIndex.has(index));
  if (fresh.length > 0) {
    const data = fresh.map((segment) => ({ ...segment, fileId: file.id, objectKey: keyOf(segment.index), announcedAt: now }));
    const made = await tx.segment.createManyAndReturn({ data, select: { id: true, index: true, state: true, rawSha256: true, rawSizeBytes: true } });
    for (const row of made) byIndex.set(row.index, { ...row, attempts: [] });
  }
  const stored = new Set(rows.filter(({ state }) => state === 'stored').map(({ index }) => index));
  await recordAttempts(tx, segments.filter(({ index }) => !stored.has(index)), byIndex, now);
  return stored;
}

function assertSameContent(segments: readonly AnnouncedSegment[], byIndex: ReadonlyMap<number, KnownSegment>): void {
  const differing = segments.filter((segment) => {
    const row = byIndex.get(segment.index);
    return row && (row.rawSha256 !== segment.rawSha256 || Number(row.rawSizeBytes) !== segment.rawSizeBytes);
  });
  if (differing.length > 0) throw new AppError('segment_conflict', { extra: { conflicting: differing.map(({ index }) => index) } });
}

/** One attempt for each different object; asking again for the same one only moves its time. */
async function recordAttempts(tx: Tx, segments: readonly AnnouncedSegment[], byIndex: ReadonlyMap<number, KnownSegment>, now: Date): Promise<void> {
  const times = { issuedAt: now, expiresAt: new Date(now.getTime() + PRESIGN_SECONDS * 1000) };
  const repeated: string[] = [];
  const fresh: Prisma.SegmentAttemptCreateManyInput[] = [];
  for (const { index, ...announced } of segments) {
    const row = byIndex.get(index);
    if (!row) continue;
    const same = row.attempts.find(({ sizeBytes, sha256 }) => Number(sizeBytes) === announced.sizeBytes && sha256 === announced.sha256);
    if (same) repeated.push(same.id);
    else if (row.attempts.length >= MAX_ATTEMPTS_PER_SEGMENT) throw new AppError('segment_conflict', { detail: 'This segment was announced in too many different forms. Abandon the file and send it anew.' });
    else fresh.push({ segmentId: row.id, ...announced, ...times });
  }
  if (repeated.length > 0) await tx.segmentAttempt.updateMany({ where: { id: { in: repeated } }, data: times });
  if (fresh.length > 0) await tx.segmentAttempt.createMany({ data: fresh });
}
