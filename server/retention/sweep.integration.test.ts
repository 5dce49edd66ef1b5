import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReadyCase, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { countInStorage } from '@/tests/fixtures/in-storage';
import { prepareSegment, put, reserve, sampleContent, sendFile, sendSegments } from '@/tests/fixtures/send-file';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeDb, getDb } from '../db';
import { abandonFile } from '../file/abandon-file';
import { completeFile } from '../file/complete-file';
import { confirmSegments } from '../file/confirm-segments';
import { deleteAbandonedObjects } from '../file/delete-abandoned-objects';
import { expireFile } from '../file/expire-file';
import { getFileStatus } from '../file/get-file-status';
import { presignSegments } from '../file/presign-segments';
import { verifyFile } from '../file/verify-file';
import { getReceipt } from '../receipt/get-receipt';
import { closeS3, getBucket, getS3 } from '../storage/s3-client';
import { sweep } from './sweep';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const content = sampleContent(9000);
let customer: SeedUser;
let row: SeedCase;
const after = (ms: number) => new Date(Date.now() + ms);
const sender = () => ({ actor: customer.actor, reference: row.reference });
const stateOf = async (fileId: string) => (await getDb().diagnosticFile.findUniqueOrThrow({ where: { id: fileId } })).state;
const code = (promise: Promise<unknown>) => promise.then(() => 'no error', (error: { code?: string }) => error.code ?? String(error));

const inStorage = (fileId: string) => countInStorage(`${row.reference}/${fileId}/`);
const keyOf = async (fileId: string) => (await getDb().segment.findFirstOrThrow({ where: { fileId } })).objectKey;

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase());
});
afterAll(async () => {
  closeS3();
  await closeDb();
});

describe('a file whose time is over', () => {
  it('is gone with every version and every delete marker before it is said to be', async () => {
    const fileId = await sendFile(content, sender());
    await verifyFile({ fileId });
    const Key = await keyOf(fileId);
    await getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key, Body: 'a second version' }));
    await getS3().send(new DeleteObjectCommand({ Bucket: getBucket(), Key }));
    expect(await inStorage(fileId)).toBe(3);

    expect(await sweep({ now: after(7 * DAY - HOUR) })).toMatchObject({ expired: 0 });
    expect(await sweep({ now: after(7 * DAY + HOUR) })).toMatchObject({ expired: 1, failed: 0 });
    expect(await inStorage(fileId)).toBe(0);

    const file = await getDb().diagnosticFile.findUniqueOrThrow({ where: { id: fileId }, include: { clock: true, segments: { include: { attempts: true } } } });
    expect(file).toMatchObject({ state: 'expired', name: null, safeName: null });
    expect(file.clock?.endedAt).not.toBeNull();
    expect(file.segments.every(({ objectKey, attempts }) => !objectKey.includes('heap') && attempts.length === 0)).toBe(true);
    expect((await getDb().auditEvent.findMany({ where: { fileId }, orderBy: { seq: 'desc' }, take: 2 })).map(({ type }) => type)).toEqual(['clock.ended', 'file.expired']);
    expect(await getDb().notice.count({ where: { fileId, kind: 'file_expired' } })).toBe(1);
    expect(await getFileStatus({ actor: customer.actor, fileId })).toMatchObject({ state: 'expired', name: null, dueAt: null });
    expect((await getReceipt({ actor: customer.actor, fileId })).content.fileId).toBe(fileId);
  });

  it('takes with it what somebody put beside it past the portal, whatever its key is', async () => {
    const fileId = await sendFile(content, sender());
    for (const name of ['line\nbreak\0nul\u0001', '<b>"&\'', 'a\u202Eb ключ.gz']) await getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key: `${row.reference}/${fileId}/${name}`, Body: 'x' }));
    expect(await inStorage(fileId)).toBe(4);
    expect(await expireFile({ fileId, now: after(8 * DAY) })).toBe(true);
    expect(await inStorage(fileId)).toBe(0);
  });

  it.each([
    ['deleted what is there still', 'DeleteObjectsCommand'],
    ['has nothing to list', 'ListObjectVersionsCommand'],
  ])('is not believed to be gone where storage says that it %s: it is listed again, and asked for by name', async (_says, lie) => {
    const fileId = await sendFile(content, sender());
    const now = after(8 * DAY);
    // Storage answers this call as if all were well, and does nothing.
    getS3().middlewareStack.add((next, { commandName }) => (args) => (commandName === lie ? Promise.resolve({ response: {}, output: { $metadata: {} } } as never) : next(args)), { step: 'initialize', name: 'lie' });
    await expect(expireFile({ fileId, now })).rejects.toMatchObject({ code: 'storage_unavailable' });
    getS3().middlewareStack.remove('lie');
    expect([await stateOf(fileId), await inStorage(fileId)]).toEqual(['stored', 1]);
    expect(await expireFile({ fileId, now })).toBe(true);
    expect([await stateOf(fileId), await inStorage(fileId)]).toEqual(['expired', 0]);
  });

  it('expires once, however many sweep', async () => {
    const fileId = await sendFile(content, sender());
    const now = after(8 * DAY);
    const ends = await Promise.all([1, 2, 3].map(() => expireFile({ fileId, now })));
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect(await getDb().auditEvent.count({ where: { fileId, type: 'file.expired' } })).toBe(1);
  });

  it('is not expired where its clock was moved meanwhile', async () => {
    const fileId = await sendFile(content, sender());
    await getDb().retentionClock.update({ where: { fileId }, data: { dueAt: after(9 * DAY) } });
    expect(await expireFile({ fileId, now: after(8 * DAY) })).toBe(false);
    expect([await stateOf(fileId), await inStorage(fileId)]).toEqual(['stored', 1]);
  });
});

describe('an unfinished upload', () => {
  it('is abandoned by its sender, is deleted by a job, and takes no more segments', async () => {
    const fileId = await reserve(content, sender());
    await sendSegments(fileId, [prepareSegment(1, content)], customer);
    await abandonFile({ actor: customer.actor, now: new Date(), fileId });
    await abandonFile({ actor: customer.actor, now: new Date(), fileId });
    expect(await getDb().auditEvent.count({ where: { fileId, type: 'file.abandoned' } })).toBe(1);
    expect(await getDb().$queryRaw`select count(*)::int as jobs from graphile_worker.jobs where task_identifier = 'delete-objects' and key like ${`%${fileId}`}`).toEqual([{ jobs: 2 }]);
    const late = { actor: customer.actor, now: new Date(), fileId };
    expect(await code(presignSegments({ ...late, segments: [prepareSegment(1, content).announced] }))).toBe('file_wrong_state');
    expect(await code(confirmSegments({ ...late, indexes: [1] }))).toBe('file_wrong_state');
    expect(await code(completeFile({ ...late, segmentCount: 1 }))).toBe('file_wrong_state');

    await deleteAbandonedObjects({ fileId });
    expect(await inStorage(fileId)).toBe(0);
    await deleteAbandonedObjects({ fileId });
  });

  it('cannot be brought back by a PUT whose URL was issued before', async () => {
    const fileId = await reserve(content, sender());
    const segment = prepareSegment(1, content);
    const { segments: [url] } = await presignSegments({ actor: customer.actor, now: new Date(), fileId, segments: [segment.announced] });
    await abandonFile({ actor: customer.actor, now: new Date(), fileId });
    await deleteAbandonedObjects({ fileId });
    expect((await put(url as never, segment.body)).status).toBe(200);
    expect(await sweep({ now: after(DAY + HOUR) })).toMatchObject({ failed: 0 });
    expect([await stateOf(fileId), await inStorage(fileId)]).toEqual(['expired', 0]);
  });

  it('is given up after a day without a sign of life, with a notice, and not before', async () => {
    const fileId = await reserve(content, sender());
    await sendSegments(fileId, [prepareSegment(1, content)], { actor: customer.actor });
    await sweep({ now: after(23 * HOUR) });
    expect(await stateOf(fileId)).toBe('uploading');
    await sweep({ now: after(25 * HOUR) });
    expect(await stateOf(fileId)).toBe('abandoned');
    expect(await getDb().notice.count({ where: { fileId, kind: 'file_abandoned' } })).toBe(1);
  });

  it('is given up a week after it was begun, however busy it was kept, and is gone by then with all that was sent of it', async () => {
    const fileId = await reserve(content, sender());
    await presignSegments({ actor: customer.actor, now: after(7 * DAY - HOUR), fileId, segments: [prepareSegment(1, content).announced] });
    await getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key: await keyOf(fileId), Body: 'sent' }));
    await sweep({ now: after(7 * DAY - HOUR) });
    expect(await stateOf(fileId)).toBe('uploading');
    await sweep({ now: after(7 * DAY + HOUR) });
    expect([await stateOf(fileId), await inStorage(fileId)]).toEqual(['expired', 0]);
    expect(await getDb().auditEvent.count({ where: { fileId, type: { in: ['file.abandoned', 'file.expired'] } } })).toBe(2);
  });

  it('cannot be abandoned once it is stored', async () => {
    const fileId = await sendFile(content, sender());
    expect(await code(abandonFile({ actor: customer.actor, now: new Date(), fileId }))).toBe('file_wrong_state');
    await deleteAbandonedObjects({ fileId });
    expect(await inStorage(fileId)).toBe(1);
  });

  it('is either stored or abandoned where both are asked for at once, never both', async () => {
    const fileId = await reserve(content, sender());
    await sendSegments(fileId, [prepareSegment(1, content)], customer);
    const ends = await Promise.all([code(completeFile({ actor: customer.actor, now: new Date(), fileId, segmentCount: 1 })), code(abandonFile({ actor: customer.actor, now: new Date(), fileId }))]);
    expect(ends.sort()).toEqual(['file_wrong_state', 'no error']);
  });
});

it('hands a stored file on that no worker has read back', async () => {
  const fileId = await sendFile(content, sender());
  await getDb().$executeRaw`delete from graphile_worker._private_jobs where key = ${`verify-file:${fileId}`}`;
  const waiting = () => getDb().$queryRaw`select count(*)::int as jobs from graphile_worker.jobs where key = ${`verify-file:${fileId}`}`;
  expect(await waiting()).toEqual([{ jobs: 0 }]);
  await sweep({ now: after(3 * 60_000) });
  await sweep({ now: after(4 * 60_000) });
  expect(await waiting()).toEqual([{ jobs: 1 }]);
});

it('leaves the audit chain whole', async () => {
  expect(await verifyAuditChain()).toMatchObject({ intact: true });
});
