import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeReadyCase, makeStaff, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { makeBucketLooks } from '@/tests/fixtures/bucket-looks';
import { countInStorage } from '@/tests/fixtures/in-storage';
import { prepareSegment, reserve, sampleContent, sendFile, sendSegments } from '@/tests/fixtures/send-file';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeDb, getDb } from '../db';
import { getStorageView } from '../desk/get-storage-view';
import { abandonFile } from '../file/abandon-file';
import { withLock } from '../jobs/with-lock';
import { closeS3, getBucket, getS3 } from '../storage/s3-client';
import { pruneStorage } from './prune-storage';
import { reconcile } from './reconcile';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const content = sampleContent(5000);
const HOSTILE = ['AL-0000-0000/a\u202Egpj.exe', 'with space+plus%25.bin', 'line\nbreak\0and\\0nul', '../../etc/passwd', '<b>"&\'', '😀/ключ', 'plain.bin'];

let customer: SeedUser;
let support: SeedUser;
let row: SeedCase;
const { look, later, now: clock } = makeBucketLooks();
const sender = () => ({ actor: customer.actor, reference: row.reference });
const putObject = (Key: string, Body = 'nobody announced this') => getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key, Body }));
const removeObject = (Key: string, VersionId?: string) => getS3().send(new DeleteObjectCommand({ Bucket: getBucket(), Key, VersionId }));
const events = (where: object) => getDb().auditEvent.count({ where });
const view = () => getStorageView({ actor: support.actor });
const lostAt = async (fileId: string) => (await getDb().diagnosticFile.findUniqueOrThrow({ where: { id: fileId } })).lostAt;

/** Storage answers every call that `which` names with an error, once it was called so often. */
function breakStorage(which: string, after = 0): () => void {
  const s3 = getS3();
  const send = s3.send.bind(s3) as (...input: unknown[]) => Promise<unknown>;
  let calls = 0;
  const spy = vi.spyOn(s3, 'send').mockImplementation(((command: object, ...rest: unknown[]) => {
    if (command.constructor.name === which && (calls += 1) > after) return Promise.reject(Object.assign(new Error('SlowDown'), { name: 'SlowDown' }));
    return send(command, ...rest);
  }) as never);
  return () => spy.mockRestore();
}

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase());
  support = await makeStaff('support');
});
beforeEach(async () => {
  await getDb().storageLook.deleteMany({ where: { id: 'under_way' } });
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  closeS3();
  await closeDb();
});

describe('an object that nobody announced', () => {
  it('is unannounced once a second look saw it, and by its clock it is erased with every version and marker, whatever its key is', async () => {
    for (const key of HOSTILE) await putObject(key);
    await putObject('plain.bin', 'a second version');
    await removeObject('plain.bin');
    expect(await look()).toMatchObject({ isWhole: true, found: 0 });
    expect((await view()).unannounced).toEqual([]);
    expect(await look()).toMatchObject({ found: HOSTILE.length });
    expect(await look()).toMatchObject({ found: 0 });

    const seen = await view();
    expect(seen.unannounced.map(({ key }) => key)).toEqual(expect.arrayContaining(['AL-0000-0000/a⟨U+202E⟩gpj.exe', 'line⟨U+000A⟩break⟨U+0000⟩and\\0nul', '../../etc/passwd', 'plain.bin']));
    expect(seen.unannounced.find(({ key }) => key === 'plain.bin')).toMatchObject({ versionCount: 3, sizeBytes: 37, caseReference: null });
    expect(seen.unannounced.find(({ key }) => key?.startsWith('AL-'))).toMatchObject({ caseReference: 'AL-0000-0000' });
    const first = new Date(seen.unannounced[0]?.firstSeenAt ?? 0).getTime();
    expect(seen.unannounced.map(({ dueAt }) => new Date(dueAt).getTime() - first)).toEqual(HOSTILE.map(() => 7 * DAY));

    expect(await look({ now: new Date(first + 7 * DAY - MINUTE) })).toMatchObject({ erased: 0 });
    expect(await countInStorage()).toBe(HOSTILE.length + 2);
    expect(await look({ now: new Date(first + 7 * DAY + MINUTE) })).toMatchObject({ erased: HOSTILE.length, failed: 0 });
    expect(await countInStorage()).toBe(0);
    const rows = await getDb().unannouncedObject.findMany();
    expect(rows.map(({ objectKey, erasedAt }) => [objectKey, erasedAt !== null])).toEqual(HOSTILE.map(() => [null, true]));
    expect(await events({ type: 'storage.unannounced_erased' })).toBe(HOSTILE.length);
    expect(JSON.stringify(await getDb().auditEvent.findMany({ where: { type: { startsWith: 'storage.' } } }), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(/plain|passwd/);

    await pruneStorage({ now: new Date(first + 100 * DAY) });
    expect(await getDb().unannouncedObject.count()).toBe(0);
  });

  it('leaves no trace where it is gone before a second look', async () => {
    const { VersionId } = await putObject('short-lived');
    await look();
    await removeObject('short-lived', VersionId);
    expect(await look()).toMatchObject({ found: 0 });
    expect(await getDb().unannouncedObject.count()).toBe(0);
  });

  it('counts as erased where somebody else removed it, once it is seen to be absent', async () => {
    const { VersionId } = await putObject('removed-by-hand');
    await look();
    await look();
    await removeObject('removed-by-hand', VersionId);
    expect(await look()).toMatchObject({ erased: 1 });
    expect(await getDb().unannouncedObject.findMany({ select: { objectKey: true } })).toEqual([{ objectKey: null }]);
    await getDb().unannouncedObject.deleteMany();
  });

  it('is not a file that is reserved, sent, stored or given up between two looks', async () => {
    const [reserved, sending, given] = [await reserve(content, sender()), await reserve(content, sender()), await reserve(content, sender())];
    await look();
    await sendSegments(sending, [prepareSegment(1, content)], customer);
    await sendSegments(given, [prepareSegment(1, content)], customer);
    await abandonFile({ actor: customer.actor, now: new Date(), fileId: given });
    await look();
    const stored = await sendFile(content, sender());
    await sendSegments(reserved, [prepareSegment(1, content)], customer);
    expect(await look()).toMatchObject({ found: 0, remains: 0, lost: 0 });
    expect(await look()).toMatchObject({ found: 0, remains: 0, lost: 0 });
    expect([await getDb().unannouncedObject.count(), await lostAt(stored)]).toEqual([0, null]);
  });

  it('is not accused any more once its key is announced, and what was sent is not touched', async () => {
    const fileId = await reserve(content, sender());
    const segment = prepareSegment(1, content);
    const key = `${row.reference}/${fileId}/heap.hprof.gz`;
    const { VersionId } = await putObject(key);
    await look();
    await look();
    expect((await view()).unannounced).toMatchObject([{ key, caseReference: row.reference }]);
    await removeObject(key, VersionId);
    await sendSegments(fileId, [segment], customer);
    await look({ now: new Date(clock() + 8 * DAY) });
    expect([await countInStorage(key), await getDb().unannouncedObject.count()]).toEqual([1, 0]);
  });
});

it('goes on page by page over several runs, and each page counts once', async () => {
  const before = await countInStorage();
  for (let at = 0; at < 7; at += 1) await putObject(`many/${at}`);
  for (let at = 0; at < 5; at += 1) await putObject('many/3', `version ${at}`);
  const runs: boolean[] = [];
  while (runs.at(-1) !== true) runs.push((await look({ pageSize: 2, maxPages: 2 })).isWhole);
  expect(runs.length).toBe(Math.ceil((before + 12) / 4));
  expect(await getDb().unannouncedObject.findFirst({ where: { objectKey: 'many/3' } })).toMatchObject({ versionCount: 6 });
  expect((await view()).lookedAt).toMatchObject({ objects: before + 12 });
  expect(await look({ pageSize: 3, maxPages: 100 })).toMatchObject({ isWhole: true, found: 7 });
  expect(await getDb().unannouncedObject.findFirst({ where: { objectKey: 'many/3' } })).toMatchObject({ versionCount: 6 });
  expect(await getDb().$queryRaw`select count(*)::int as jobs from graphile_worker.jobs where key = 'reconcile-goes-on'`).toEqual([{ jobs: 1 }]);
});

describe('storage that fails in the middle', () => {
  it('leaves the look where it was; the next run goes on and nothing counts twice', async () => {
    const restore = breakStorage('ListObjectVersionsCommand', 2);
    await expect(look({ pageSize: 2 })).rejects.toMatchObject({ code: 'storage_unavailable' });
    restore();
    expect(await getDb().storageLook.findUnique({ where: { id: 'under_way' } })).toMatchObject({ objects: 4, endedAt: null });
    expect(await look({ pageSize: 2 })).toMatchObject({ isWhole: true, found: 0 });
    expect(await getDb().unannouncedObject.findFirst({ where: { objectKey: 'many/3' } })).toMatchObject({ versionCount: 6 });
  });

  it('erases nothing by half: what is not seen to be absent is not said to be', async () => {
    const due = new Date(clock() + 8 * DAY);
    const restore = breakStorage('DeleteObjectCommand', 3);
    const report = await look({ now: due });
    restore();
    expect(report.erased).toBeLessThan(7);
    expect(report.failed).toBe(7 - report.erased);
    expect(await getDb().unannouncedObject.count({ where: { erasedAt: { not: null } } })).toBe(report.erased);
    await look({ now: new Date(due.getTime() + MINUTE) });
    expect([await countInStorage('many/'), await getDb().unannouncedObject.count({ where: { erasedAt: null } })]).toEqual([0, 0]);
  });
});

it('is done by one worker at a time', async () => {
  expect(await withLock('reconcile', () => reconcile({ now: later() }))).toBeNull();
});

it('is shown to staff alone', async () => {
  await expect(getStorageView({ actor: customer.actor })).rejects.toMatchObject({ code: 'not_found' });
});

it('leaves the audit chain whole', async () => {
  expect(await verifyAuditChain()).toMatchObject({ intact: true });
});
