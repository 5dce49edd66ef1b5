import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeReadyCase, makeStaff, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { makeBucketLooks } from '@/tests/fixtures/bucket-looks';
import { countInStorage } from '@/tests/fixtures/in-storage';
import { prepareSegment, put, reserve, sampleContent, sendFile } from '@/tests/fixtures/send-file';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeDb, getDb } from '../db';
import { getStorageView } from '../desk/get-storage-view';
import { abandonFile } from '../file/abandon-file';
import { expireFile } from '../file/expire-file';
import { getFile } from '../file/get-file';
import { presignSegments } from '../file/presign-segments';
import { verifyFile } from '../file/verify-file';
import { withLock } from '../jobs/with-lock';
import { closeS3, getBucket, getS3 } from '../storage/s3-client';
import { lastLook } from './storage-look';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const content = sampleContent(5000);
const { look, later, now: clock } = makeBucketLooks();

let customer: SeedUser;
let support: SeedUser;
let row: SeedCase;
const sender = () => ({ actor: customer.actor, reference: row.reference });
const putObject = (Key: string, Body = 'nobody announced this') => getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key, Body }));
const removeObject = (Key: string, VersionId?: string) => getS3().send(new DeleteObjectCommand({ Bucket: getBucket(), Key, VersionId }));
const keyOf = async (fileId: string) => (await getDb().segment.findFirstOrThrow({ where: { fileId }, orderBy: { index: 'asc' } })).objectKey;
const events = (where: object) => getDb().auditEvent.count({ where });
const view = () => getStorageView({ actor: support.actor });
const lostAt = async (fileId: string) => (await getDb().diagnosticFile.findUniqueOrThrow({ where: { id: fileId } })).lostAt;

/** A stored file whose time is over long after everything here. */
async function holdFile(bytes = content): Promise<string> {
  const fileId = await sendFile(bytes, sender());
  await getDb().retentionClock.update({ where: { fileId }, data: { dueAt: new Date(clock() + 90 * DAY) } });
  return fileId;
}

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase());
  support = await makeStaff('support');
});
beforeEach(async () => {
  await getDb().storageLook.deleteMany({ where: { id: 'under_way' } });
});
afterAll(async () => {
  closeS3();
  await closeDb();
});

describe('a file that is gone', () => {
  it('is erased again at once where a late PUT brings something back', async () => {
    const fileId = await reserve(content, sender());
    const segment = prepareSegment(1, content);
    const { segments: [url] } = await presignSegments({ actor: customer.actor, now: new Date(), fileId, segments: [segment.announced] });
    await abandonFile({ actor: customer.actor, now: new Date(), fileId });
    expect(await expireFile({ fileId, now: new Date(Date.now() + 2 * DAY) })).toBe(true);
    expect((await put(url as never, segment.body)).status).toBe(200);
    expect(await look()).toMatchObject({ remains: 1, found: 0 });
    expect(await countInStorage(`${row.reference}/${fileId}/`)).toBe(0);
    expect(await look()).toMatchObject({ remains: 0 });
    expect(await events({ fileId, type: 'file.remains_erased' })).toBe(1);
  });

  it('is said to have left something as long as that cannot be erased, and not after', async () => {
    const fileId = await sendFile(content, sender());
    const key = await keyOf(fileId);
    await expireFile({ fileId, now: new Date(Date.now() + 8 * DAY) });
    await putObject(key);
    const send = getS3().send.bind(getS3()) as (...input: unknown[]) => Promise<unknown>;
    const spy = vi.spyOn(getS3(), 'send').mockImplementation(((command: object, ...rest: unknown[]) => (command.constructor.name === 'DeleteObjectsCommand' ? Promise.reject(new Error('AccessDenied')) : send(command, ...rest))) as never);
    expect(await look()).toMatchObject({ isWhole: true, remains: 0, failed: 1 });
    expect(await lastLook()).toMatchObject({ remains: 1 });
    spy.mockRestore();
    expect(await look()).toMatchObject({ remains: 1, failed: 0 });
    expect(await lastLook()).toMatchObject({ remains: 0 });
  });

  it('is left to the watch over its erasure order while that looks, for the certificate to say so, and not longer', async () => {
    const fileId = await sendFile(content, sender());
    const key = await keyOf(fileId);
    await expireFile({ fileId, now: new Date(Date.now() + 8 * DAY) });
    await getDb().erasureOrder.create({ data: { caseId: row.id, fileId, orderedById: customer.id, orderedAt: later(), files: { create: { fileId } } } });
    await putObject(key);
    expect(await look()).toMatchObject({ remains: 0, found: 0 });
    expect(await look({ now: new Date(clock() + DAY + MINUTE) })).toMatchObject({ remains: 1 });
    expect(await countInStorage(key)).toBe(0);
  });
});

describe('a held file whose object vanished', () => {
  it('is lost, is told once to its sender, and is found again where the object comes back', async () => {
    const fileId = await holdFile();
    await verifyFile({ fileId });
    await look();
    const { VersionId } = await removeObject(await keyOf(fileId));
    const reports = [await look(), await look()];
    expect(reports.map(({ lost }) => lost)).toEqual([1, 0]);
    expect(await getFile({ actor: customer.actor, fileId })).toMatchObject({ state: 'verified', lostAt: expect.any(String) });
    expect((await view()).lost).toMatchObject([{ id: fileId, caseReference: row.reference }]);

    await removeObject(await keyOf(fileId), VersionId);
    await look();
    expect(await getFile({ actor: customer.actor, fileId })).toMatchObject({ lostAt: null });
    expect([await events({ fileId, type: 'file.lost' }), await events({ fileId, type: 'file.found' })]).toEqual([1, 1]);
    expect((await getDb().notice.findMany({ where: { fileId, kind: { in: ['file_lost', 'file_found'] } }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind)).toEqual(['file_lost', 'file_found']);
  });

  it('is lost where the version that was seen is not the current one, on whatever page it lies', async () => {
    const fileId = await holdFile(sampleContent(9_000_000));
    const [first, second] = await getDb().segment.findMany({ where: { fileId }, orderBy: { index: 'asc' } });
    await putObject(second?.objectKey ?? '', 'something else');
    expect(await look({ pageSize: 1 })).toMatchObject({ lost: 1 });
    await removeObject(first?.objectKey ?? '', first?.versionId ?? '');
    expect(await look()).toMatchObject({ lost: 0 });
    expect(await lostAt(fileId)).not.toBeNull();
  });

  it('is not accused while its lock is held, while it is being erased, nor once it is gone', async () => {
    const fileId = await holdFile();
    await removeObject(await keyOf(fileId));
    await withLock(`file ${fileId}`, () => look());
    await getDb().retentionClock.update({ where: { fileId }, data: { deletionBegunAt: later() } });
    await look();
    expect(await lostAt(fileId)).toBeNull();
    await expireFile({ fileId, now: new Date(clock() + 91 * DAY) });
    expect(await look()).toMatchObject({ lost: 0, remains: 0 });
  });
});

it('leaves the audit chain whole', async () => {
  expect(await verifyAuditChain()).toMatchObject({ intact: true });
});
