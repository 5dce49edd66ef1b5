import { fileOfKey, ledgerBound } from '@/domain/object-key';
import { FINAL_STATES, HELD_STATES } from '@/domain/file-states';
import { getDb, Prisma } from '../db';
import { type BucketMarker, type BucketPage } from '../storage/list-bucket-page';

/** A segment that the ledger says is in storage. */
export type HeldSegment = { readonly fileId: string; readonly objectKey: string; readonly versionId: string | null };

/** What the ledger knows of one page of the bucket. */
export type LedgerOfPage = {
  /** The keys of the page that are announced. */
  readonly announced: ReadonlySet<string>;
  /** Files whose objects are gone for good, by the prefix of their keys. */
  readonly gone: ReadonlyMap<string, string>;
  /** Segments of held files whose keys lie on the page, whether or not it shows them. Lost files are looked at each by itself. */
  readonly held: readonly HeldSegment[];
};

/**
 * Asked after the page was listed. A key is in the ledger before the first URL for it is issued, so that an object that came by such
 * a URL is never on a page and not in the ledger.
 */
export async function loadLedgerOfPage(page: BucketPage, after: BucketMarker | null): Promise<LedgerOfPage> {
  const keys = [...new Set(page.versions.map(({ key }) => key))];
  // The ledger holds no key with NUL, and PostgreSQL takes none.
  const rows = await getDb().segment.findMany({ where: { objectKey: { in: keys.filter((key) => !key.includes('\0')) } }, select: { objectKey: true } });
  const announced = new Set(rows.map(({ objectKey }) => objectKey));
  return { announced, gone: await loadGone(keys.filter((key) => !announced.has(key))), held: await loadHeld(after, page.next) };
}

async function loadGone(keys: readonly string[]): Promise<Map<string, string>> {
  const named = new Map(keys.flatMap((key) => fileOfKey(key) ?? []).map((file) => [file.prefix, file]));
  if (named.size === 0) return new Map();
  const files = await getDb().diagnosticFile.findMany({
    where: { id: { in: [...named.values()].map(({ fileId }) => fileId) }, state: { in: [...FINAL_STATES] } },
    select: { id: true, case: { select: { reference: true } } },
  });
  const references = new Map(files.map(({ id, case: { reference } }) => [id, reference]));
  return new Map([...named].flatMap(([prefix, { fileId, reference }]) => (references.get(fileId) === reference ? [[prefix, fileId] as const] : [])));
}

/** Keys compare by bytes, as in the listing. `~` comes after every character of a key of the ledger. */
async function loadHeld(after: BucketMarker | null, next: BucketMarker | null): Promise<HeldSegment[]> {
  const from = after ? ledgerBound(after.key) : '';
  const to = next ? ledgerBound(next.key) : null;
  const prefix = Prisma.sql`(c.reference || '/' || f.id || '/')`;
  const isBefore = (key: Prisma.Sql) => (to === null ? Prisma.sql`true` : Prisma.sql`${key} collate "C" <= ${to}`);
  return getDb().$queryRaw<HeldSegment[]>`
    select s."fileId", s."objectKey", s."versionId"
    from "DiagnosticFile" f join "Case" c on c.id = f."caseId" join "Segment" s on s."fileId" = f.id
    where f.state::text in (${Prisma.join([...HELD_STATES])}) and f."lostAt" is null and s.state = 'stored'
      and (${prefix} || '~') collate "C" > ${from} and ${isBefore(prefix)}
      and s."objectKey" collate "C" > ${from} and ${isBefore(Prisma.sql`s."objectKey"`)}`;
}
