import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIN_SEGMENT_BYTES } from '@/domain/limits';
import { makeReadyCase, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { catObjects, prepareSegment, prepareSegments, put, reserve, sampleContent, sendFile, sendSegments, sha256 } from '@/tests/fixtures/send-file';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeDb, getDb } from '../db';
import { closeS3, getBucket, getS3 } from '../storage/s3-client';
import { completeFile } from './complete-file';
import { confirmSegments } from './confirm-segments';
import { getFileStatus } from './get-file-status';
import { presignSegments } from './presign-segments';
import { reserveFile } from './reserve-file';

const B = MIN_SEGMENT_BYTES;
const content = sampleContent(2 * B + 12_345);
let customer: SeedUser;
let row: SeedCase;
const now = () => new Date();
const code = (promise: Promise<unknown>) => promise.then(() => 'no error', (error: { code?: string }) => error.code ?? String(error));
const sender = () => ({ actor: customer.actor, reference: row.reference });

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase());
});
afterAll(async () => {
  closeS3();
  await closeDb();
});

describe('a file of three segments', () => {
  it('arrives byte for byte: zcat of what is stored is the original', async () => {
    const fileId = await sendFile(content, sender());
    expect(execFileSync('zcat', { input: await catObjects(fileId), maxBuffer: 2 * content.length }).equals(content)).toBe(true);

    const file = await getDb().diagnosticFile.findUniqueOrThrow({ where: { id: fileId }, include: { clock: true, segments: { orderBy: { index: 'asc' } } } });
    expect(file).toMatchObject({ state: 'stored', segmentCount: 3, rawSizeBytes: BigInt(content.length), declaredRawSha256: sha256(content) });
    expect(file.clock?.dueAt.getTime()).toBe((file.storedAt?.getTime() ?? 0) + 7 * 24 * 3600 * 1000);
    expect(file.segments.map(({ objectKey }) => objectKey)).toEqual([1, 2, 3].map((index) => `${row.reference}/${fileId}/heap.hprof.gz.000${index}`));
    expect(file.segments.every(({ versionId, state }) => versionId && state === 'stored')).toBe(true);
  });

  it('may be sent in any order, with segments confirmed one by one, and is gone on with where it stopped', async () => {
    const fileId = await reserve(content, sender());
    const [first, second, third] = prepareSegments(content) as [ReturnType<typeof prepareSegment>, ReturnType<typeof prepareSegment>, ReturnType<typeof prepareSegment>];
    await sendSegments(fileId, [third, first], customer);
    expect(await confirmSegments({ ...sender(), now: now(), fileId, indexes: [3, 2, 1] })).toEqual({ stored: [3, 1], missing: [2] });

    const status = await getFileStatus({ actor: customer.actor, fileId });
    expect(status).toMatchObject({ state: 'uploading', segmentBytes: B, sizeBytes: content.length });
    expect(status.segments.filter(({ state }) => state === 'stored').map(({ index }) => index)).toEqual([1, 3]);

    const again = await presignSegments({ actor: customer.actor, now: now(), fileId, segments: [first.announced, second.announced] });
    expect(again.segments[0]).toEqual({ index: 1, state: 'stored' });
    await put(again.segments[1] as never, second.body);
    expect(await completeFile({ actor: customer.actor, now: now(), fileId, segmentCount: 3 })).toMatchObject({ state: 'stored' });
  });

  it('is not complete before every segment is there, and says which are missing', async () => {
    const fileId = await reserve(content, sender());
    await sendSegments(fileId, prepareSegments(content).slice(1, 2), customer);
    const error = await completeFile({ actor: customer.actor, now: now(), fileId, segmentCount: 3 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'segments_missing', extra: { missing: [1, 3] } });
    expect((await getFileStatus({ actor: customer.actor, fileId })).state).toBe('uploading');
    expect(await code(completeFile({ actor: customer.actor, now: now(), fileId, segmentCount: 2 }))).toBe('segment_out_of_range');
  });

  it('is stored once, however many tabs complete it at once', async () => {
    const fileId = await reserve(content, sender());
    await sendSegments(fileId, prepareSegments(content), customer);
    const ends = await Promise.all(Array.from({ length: 4 }, () => completeFile({ actor: customer.actor, now: now(), fileId, segmentCount: 3, rawSha256: sha256(content) })));
    expect(ends.map(({ state }) => state)).toEqual(['stored', 'stored', 'stored', 'stored']);
    expect(await getDb().retentionClock.count({ where: { fileId } })).toBe(1);
    expect(await getDb().auditEvent.count({ where: { fileId, type: 'file.stored' } })).toBe(1);
    expect(await code(completeFile({ actor: customer.actor, now: now(), fileId, segmentCount: 3, rawSha256: 'f'.repeat(64) }))).toBe('conflict');
    expect(await code(presignSegments({ actor: customer.actor, now: now(), fileId, segments: [prepareSegments(content)[0]?.announced as never] }))).toBe('file_wrong_state');
  });
});

describe('a file without a size known in advance', () => {
  it('has its count of segments at the end', async () => {
    const fileId = await reserve(content, { ...sender(), sizeBytes: null });
    await sendSegments(fileId, prepareSegments(content), customer);
    expect(await code(completeFile({ actor: customer.actor, now: now(), fileId, segmentCount: 2 }))).toBe('segment_out_of_range');
    await completeFile({ actor: customer.actor, now: now(), fileId, segmentCount: 3 });
    expect((await getFileStatus({ actor: customer.actor, fileId })).sizeBytes).toBe(content.length);
  });

  it('is shorter in its last segment only', async () => {
    const fileId = await reserve(content, { ...sender(), sizeBytes: null });
    await sendSegments(fileId, [prepareSegment(1, content.subarray(0, 1000)), prepareSegment(2, content.subarray(0, B))], customer);
    expect(await code(completeFile({ actor: customer.actor, now: now(), fileId, segmentCount: 2 }))).toBe('segment_out_of_range');
  });
});

it('sends a small file, an empty one and a gzipped one each as one object without a number', async () => {
  for (const [raw, encoding] of [[content.subarray(0, 1000), 'raw'], [Buffer.alloc(0), 'raw'], [gzipSync(content.subarray(0, 5000)), 'gzip']] as const) {
    const fileId = await sendFile(raw, { ...sender(), encoding, name: 'a b.log.gz' });
    const [segment] = await getDb().segment.findMany({ where: { fileId } });
    expect(segment?.objectKey).toBe(`${row.reference}/${fileId}/a_b.log.gz`);
  }
});

describe('storage refuses', () => {
  it.each([
    ['another content', { body: 'swapped' }, 400],
    ['another length', { body: 'longer' }, 403],
    ['another checksum in the header', { headers: { 'x-amz-checksum-sha256': Buffer.alloc(32).toString('base64') } }, 403],
    ['another encryption', { headers: { 'x-amz-server-side-encryption': 'aws:kms' } }, 403],
    ['another type', { headers: { 'content-type': 'text/html' } }, 403],
    ['to overwrite', { headers: { 'if-none-match': '' } }, 403],
  ] as const)('%s than was signed', async (_what, change, status) => {
    const fileId = await reserve(content.subarray(0, 5000), sender());
    const segment = prepareSegment(1, content.subarray(0, 5000));
    const { segments } = await presignSegments({ actor: customer.actor, now: now(), fileId, segments: [segment.announced] });
    const body = 'body' in change ? (change.body === 'swapped' ? Buffer.from(segment.body).fill(7) : Buffer.concat([segment.body, Buffer.from('x')])) : segment.body;
    const answer = await put(segments[0] as never, body, 'headers' in change ? change.headers : {});
    expect(answer.status).toBe(status);
    expect(await confirmSegments({ actor: customer.actor, now: now(), fileId, indexes: [1] })).toEqual({ stored: [], missing: [1] });
  });

  it('a URL that is past its time, and takes a new one', async () => {
    const raw = content.subarray(0, 5000);
    const fileId = await reserve(raw, sender());
    const segment = prepareSegment(1, raw);
    const ask = (at: Date) => presignSegments({ actor: customer.actor, now: at, fileId, segments: [segment.announced] });
    const old = await ask(new Date(Date.now() - 16 * 60_000));
    const refused = await put(old.segments[0] as never, segment.body);
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('expired')]);
    expect((await put((await ask(now())).segments[0] as never, segment.body)).status).toBe(200);
    expect(await getDb().segmentAttempt.count({ where: { segment: { fileId } } })).toBe(1);
  });

  it('a second PUT with 412, and the portal finds the first', async () => {
    const raw = content.subarray(0, 5000);
    const fileId = await reserve(raw, sender());
    const [tight, fast] = [prepareSegment(1, raw, { level: 9 }), prepareSegment(1, raw, { level: 1 })];
    const [first] = (await presignSegments({ actor: customer.actor, now: now(), fileId, segments: [tight.announced] })).segments;
    const [second] = (await presignSegments({ actor: customer.actor, now: now(), fileId, segments: [fast.announced] })).segments;
    expect((await put(first as never, tight.body)).status).toBe(200);
    expect((await put(second as never, fast.body)).status).toBe(412);
    expect(await confirmSegments({ actor: customer.actor, now: now(), fileId, indexes: [1] })).toEqual({ stored: [1], missing: [] });
    expect(await getDb().segment.findFirst({ where: { fileId } })).toMatchObject({ sha256: tight.announced.sha256, sizeBytes: BigInt(tight.body.length) });
  });
});

it('removes an object that is not what was announced, says which, and takes the right one afterwards', async () => {
  const raw = content.subarray(0, 5000);
  const fileId = await reserve(raw, sender());
  const segment = prepareSegment(1, raw);
  await presignSegments({ actor: customer.actor, now: now(), fileId, segments: [segment.announced] });
  const Key = `${row.reference}/${fileId}/heap.hprof.gz`;
  await getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key, Body: 'not what was announced', ChecksumAlgorithm: 'SHA256' }));

  const answer = await confirmSegments({ actor: customer.actor, now: now(), fileId, indexes: [1] });
  expect(answer).toMatchObject({ stored: [], missing: [1], refused: [{ index: 1, code: 'segment_mismatch' }] });
  const left = await getS3().send(new ListObjectVersionsCommand({ Bucket: getBucket(), Prefix: Key }));
  expect([left.Versions ?? [], left.DeleteMarkers ?? []]).toEqual([[], []]);
  expect(await getDb().auditEvent.findFirst({ where: { fileId, type: 'file.segment_refused' } })).toMatchObject({ data: { index: 1, why: 'size' } });

  await sendSegments(fileId, [segment], customer);
  expect(await completeFile({ actor: customer.actor, now: now(), fileId, segmentCount: 1 })).toMatchObject({ state: 'stored' });
});

describe('announcing', () => {
  it('holds a segment to the content that was announced first', async () => {
    const fileId = await reserve(content, sender());
    const ask = (raw: Buffer) => presignSegments({ actor: customer.actor, now: now(), fileId, segments: [prepareSegment(1, raw).announced] });
    await ask(content.subarray(0, B));
    expect(await code(ask(Buffer.from(content.subarray(0, B)).fill(1, 0, 10)))).toBe('segment_conflict');
  });

  it('gives both of two tabs a URL for the same segment', async () => {
    const fileId = await reserve(content, sender());
    const { announced } = prepareSegment(1, content.subarray(0, B));
    const answers = await Promise.all([1, 2, 3].map(() => presignSegments({ actor: customer.actor, now: now(), fileId, segments: [announced] })));
    expect(answers.every(({ segments: [one] }) => one && 'url' in one)).toBe(true);
    expect(await getDb().segment.count({ where: { fileId } })).toBe(1);
    expect(await getDb().auditEvent.count({ where: { fileId, type: 'file.uploading' } })).toBe(1);
  });

  it('refuses what does not fit the size that was announced for the file', async () => {
    const fileId = await reserve(content, sender());
    const ask = (index: number, raw: Buffer) => code(presignSegments({ actor: customer.actor, now: now(), fileId, segments: [prepareSegment(index, raw).announced] }));
    expect(await ask(1, content.subarray(0, B - 1))).toBe('segment_out_of_range');
    expect(await ask(3, content.subarray(0, 12_346))).toBe('segment_out_of_range');
    expect(await ask(4, content.subarray(0, 10))).toBe('segment_out_of_range');
  });
});

describe('reserving', () => {
  const request = { name: 'a.log', kind: 'os_log' as const, sizeBytes: 10, encoding: 'raw' as const };

  it('answers a repeated call with the first reservation, also when both come at once', async () => {
    const clientFileId = randomUUID();
    const again = () => reserveFile({ ...sender(), now: now(), ...request, clientFileId });
    const answers = await Promise.all([again(), again(), again()]);
    expect(new Set(answers.map(({ fileId }) => fileId)).size).toBe(1);
    expect(await code(reserveFile({ ...sender(), now: now(), ...request, sizeBytes: 11, clientFileId }))).toBe('conflict');
  });

  it('refuses a request of another case', async () => {
    const other = await makeReadyCase();
    const asked = await getDb().fileRequest.create({ data: { caseId: other.case.id, kind: 'os_log', purpose: 'x', requestedById: customer.id } });
    expect(await code(reserveFile({ ...sender(), now: now(), ...request, requestId: asked.id }))).toBe('validation_failed');
  });

  it('answers the request of support once the file is stored', async () => {
    const asked = await getDb().fileRequest.create({ data: { caseId: row.id, kind: 'heap_dump', purpose: 'x', requestedById: customer.id } });
    await sendFile(content.subarray(0, 500), { ...sender(), requestId: asked.id });
    expect(await getDb().fileRequest.findUniqueOrThrow({ where: { id: asked.id } })).toMatchObject({ status: 'answered' });
  });
});

it('leaves the audit chain whole', async () => {
  expect(await verifyAuditChain()).toMatchObject({ intact: true });
});
