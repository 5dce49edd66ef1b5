import { getDb, inTransaction } from '../db';
import { enqueueJob } from '../jobs/enqueue-job';
import { withLock } from '../jobs/with-lock';
import { log } from '../logger';
import { type BucketPage, listBucketPage } from '../storage/list-bucket-page';
import { getBucket, getS3 } from '../storage/s3-client';
import { comparePage } from './compare-page';
import { eraseRemains } from './erase-remains';
import { eraseUnannounced, settleVanished } from './erase-unannounced';
import { loadLedgerOfPage } from './ledger-of-page';
import { LOST_FILES, lookForLost } from './mark-lost';
import { recordStrangers, UNANNOUNCED } from './record-strangers';
import { advanceLook, endLook, type Look, openLook } from './storage-look';

/** Objects that one run erases; the job then goes on with the next. */
const MAX_ERASED = 1000;
/** Rows of each other kind that one run takes; the next one goes on. Files are not marked lost by the thousand where somebody set the wrong bucket. */
const BATCH = 100;

export type Reconcile = {
  readonly now: Date;
  readonly signal?: AbortSignal;
  /** Versions of a page, at most 1,000. */
  readonly pageSize?: number;
  /** Pages of one run; the job then goes on with the next. */
  readonly maxPages?: number;
};
export type ReconcileReport = { readonly isWhole: boolean; readonly found: number; readonly erased: number; readonly remains: number; readonly lost: number; readonly failed: number };

/**
 * Compares the bucket with the ledger, page by page. Objects that nobody announced are shown to staff once two looks saw them and
 * erased by the raw clock (P-RAW-7); what appears of files that are gone is erased at once; held files whose objects vanished are
 * marked. A run that is killed, or whose storage fails, goes on behind the last page that was recorded; one file or key that fails
 * is logged and looked at by the next look. Where another worker is at it, null.
 */
export async function reconcile(options: Reconcile): Promise<ReconcileReport | null> {
  return withLock('reconcile', () => run(options));
}

async function run({ now, signal, pageSize = 1000, maxPages = 100 }: Reconcile): Promise<ReconcileReport> {
  const tally = { found: 0, erased: 0, remains: 0, lost: 0, failed: 0 };
  const attempt = async (about: { fileId?: string }, work: () => Promise<unknown>, done: () => void, failed?: () => void) => {
    signal?.throwIfAborted();
    try {
      if (await work()) done();
    } catch (error) {
      signal?.throwIfAborted();
      tally.failed += 1;
      failed?.();
      log('error', 'reconcile-failed', { ...about, error });
    }
  };
  const due = await dueObjects(now);
  for (const row of due) await attempt({}, () => eraseUnannounced({ row, now, signal }), () => (tally.erased += 1));
  let look = await openLook(now);
  for (let pages = 0; pages < maxPages; pages += 1) {
    signal?.throwIfAborted();
    const page = await listBucketPage({ s3: getS3(), bucket: getBucket(), after: look.after, pageSize, signal });
    const ledger = await loadLedgerOfPage(page, look.after);
    const { strangers, remains, suspects } = comparePage(page, ledger);
    let left = 0;
    for (const fileId of remains) await attempt({ fileId }, () => eraseRemains({ fileId, now, signal }), () => (tally.remains += 1), () => (left += 1));
    for (const fileId of suspects.slice(0, Math.max(0, BATCH - tally.lost))) await attempt({ fileId }, async () => (await lookForLost({ fileId, now, signal })) === 'lost', () => (tally.lost += 1));
    const seen = { objects: page.versions.length, remains: left };
    const step = await inTransaction(async (tx) => {
      const at = page.next ? await advanceLook(tx, look, page.next, seen) : await endLook(tx, look, now, seen);
      return { at, found: await recordStrangers(tx, { look, now, strangers, announced: ledger.announced }) };
    });
    tally.found += step.found;
    if (!step.at) {
      for (const fileId of await lostFiles()) await attempt({ fileId }, () => lookForLost({ fileId, now, signal }), () => undefined);
      for (const row of await vanishedObjects(look)) await attempt({}, () => settleVanished({ row, now, signal }), () => (tally.erased += 1));
      await say(look, page);
      if (due.length === MAX_ERASED) await goOn();
      return { isWhole: true, ...tally };
    }
    look = step.at;
  }
  await goOn();
  return { isWhole: false, ...tally };
}

/** The same job again, at once. */
function goOn(): Promise<void> {
  return inTransaction((tx) => enqueueJob(tx, 'reconcile', {}, { jobKey: 'reconcile-goes-on' }));
}

const rowColumns = { id: true, objectKey: true } as const;

function dueObjects(now: Date) {
  return getDb().unannouncedObject.findMany({ where: { AND: [UNANNOUNCED(getDb()), { dueAt: { lte: now } }] }, orderBy: { dueAt: 'asc' }, take: MAX_ERASED, select: rowColumns });
}

/** Those that the look did not see any more. One that only an earlier look saw was never unannounced: its row goes. */
async function vanishedObjects({ startedAt }: Look) {
  const db = getDb();
  await db.unannouncedObject.deleteMany({ where: { erasedAt: null, lastSeenAt: { lt: startedAt, equals: db.unannouncedObject.fields.firstSeenAt } } });
  return db.unannouncedObject.findMany({ where: { erasedAt: null, lastSeenAt: { lt: startedAt } }, orderBy: { dueAt: 'asc' }, take: BATCH, select: rowColumns });
}

async function lostFiles(): Promise<string[]> {
  const rows = await getDb().diagnosticFile.findMany({ where: LOST_FILES, orderBy: { lostAt: 'desc' }, take: BATCH, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** What the operator's alarms hear: ids and keys stay out. */
async function say(look: Look, page: BucketPage): Promise<void> {
  const [unannounced, lost] = await Promise.all([getDb().unannouncedObject.count({ where: UNANNOUNCED(getDb()) }), getDb().diagnosticFile.count({ where: LOST_FILES })]);
  log('info', 'bucket-compared', { count: look.objects + page.versions.length });
  if (unannounced > 0) log('warn', 'unannounced-objects', { count: unannounced });
  if (lost > 0) log('warn', 'files-lost', { count: lost });
}
