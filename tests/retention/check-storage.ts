import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { getDb } from '@/server/db';
import { getBucket, getS3 } from '@/server/storage/s3-client';
import { DAY_MS } from './simulated-file';

const FILE_ID = /^AL-[0-9A-Z-]+\/([0-9a-f-]{36})\//;

/** The files of which any version or delete marker is in the bucket. */
export async function filesInStorage(): Promise<Set<string>> {
  const found = new Set<string>();
  let marker: { KeyMarker?: string; VersionIdMarker?: string } = {};
  for (;;) {
    const page = await getS3().send(new ListObjectVersionsCommand({ Bucket: getBucket(), ...marker }));
    for (const { Key } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) found.add(FILE_ID.exec(Key ?? '')?.[1] ?? `unknown key ${Key}`);
    if (!page.IsTruncated) return found;
    marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

/** Sentences about every object and every result that is there although a sweep at `now` should have taken it; empty where there is none. */
export async function findOverstayed(now: Date): Promise<string[]> {
  const problems: string[] = [];
  const present = await filesInStorage();
  const rows = await getDb().diagnosticFile.findMany({ where: { id: { in: [...present].filter((id) => !id.startsWith('unknown')) } }, select: { id: true, state: true, stateAt: true, reservedAt: true, clock: { select: { dueAt: true, endedAt: true } } } });
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const id of present) {
    const file = known.get(id);
    const until = file && heldUntil(file);
    if (!until || until.getTime() <= now.getTime()) problems.push(`${id} (${file?.state ?? 'unknown'}) has objects at ${now.toISOString()}, and may have had them until ${until?.toISOString() ?? 'never'}.`);
  }
  const late = await getDb().retentionClock.findMany({ where: { subject: { not: 'raw_file' }, dueAt: { lte: now }, OR: [{ endedAt: null }, { analysisOutput: { body: { not: null } } }, { manualOutput: { body: { not: null } } }] }, select: { id: true } });
  return [...problems, ...late.map(({ id }) => `The result of clock ${id} is still there at ${now.toISOString()}.`)];
}

type Row = { readonly state: string; readonly stateAt: Date; readonly reservedAt: Date; readonly clock: { readonly dueAt: Date; readonly endedAt: Date | null } | null };

/** Until when the objects of a file may be there; null where there may be none. */
function heldUntil({ state, stateAt, reservedAt, clock }: Row): Date | null {
  if (state === 'expired' || state === 'erased') return null;
  if (state === 'abandoned') return new Date(stateAt.getTime() + DAY_MS);
  if (state === 'reserved' || state === 'uploading') return new Date(reservedAt.getTime() + 7 * DAY_MS);
  return clock && clock.endedAt === null ? clock.dueAt : null;
}
