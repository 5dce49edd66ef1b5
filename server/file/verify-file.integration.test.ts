import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIN_SEGMENT_BYTES } from '@/domain/limits';
import { receiptPayload } from '@/domain/receipt';
import { makeCustomer, makeReadyCase, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { prepareSegment, reserve, sampleContent, sendFile, sendSegments, sha256, type PreparedSegment } from '@/tests/fixtures/send-file';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeDb, getDb } from '../db';
import { withFileLock } from '../jobs/with-file-lock';
import { getReceipt } from '../receipt/get-receipt';
import { receiptDownload } from '../receipt/receipt-download';
import { getReceiptKey } from '../receipt/receipt-key';
import { closeS3, getBucket, getS3 } from '../storage/s3-client';
import { completeFile } from './complete-file';
import { getFile } from './get-file';
import { getFileTimeline } from './get-file-timeline';
import { verifyFile } from './verify-file';

const B = MIN_SEGMENT_BYTES;
const content = sampleContent(2 * B + 777);
let customer: SeedUser;
let row: SeedCase;
let folder: string;
const sender = () => ({ actor: customer.actor, reference: row.reference });
const stateOf = async (fileId: string) => getDb().diagnosticFile.findUniqueOrThrow({ where: { id: fileId }, select: { state: true, stateReason: true } });
const code = (promise: Promise<unknown>) => promise.then(() => 'no error', (error: { code?: string }) => error.code ?? String(error));

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase());
  folder = mkdtempSync(path.join(tmpdir(), 'airlock-receipt-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  closeS3();
  await closeDb();
});

/** Sends exactly these segments and completes. */
async function sendPrepared(segments: readonly PreparedSegment[], { encoding = 'raw' as 'raw' | 'gzip', rawSha256 = undefined as string | undefined } = {}): Promise<string> {
  const fileId = await reserve(Buffer.alloc(0), { ...sender(), encoding, sizeBytes: null });
  await sendSegments(fileId, segments, customer);
  await completeFile({ actor: customer.actor, now: new Date(), fileId, segmentCount: segments.length, rawSha256 });
  return fileId;
}

/** A segment whose object is `body`, announced as if it held `raw`. */
function lie(raw: Buffer, body: Buffer): PreparedSegment {
  const honest = prepareSegment(1, raw);
  return { announced: { ...honest.announced, sizeBytes: body.length, sha256: sha256(body) }, body: Buffer.from(body) };
}

async function verdictOn(fileId: string, limits?: Parameters<typeof verifyFile>[0]['limits']): Promise<string> {
  await verifyFile({ fileId, limits });
  const { state, stateReason } = await stateOf(fileId);
  return state === 'quarantined' ? `quarantined: ${stateReason}` : state;
}

describe('a file that is what was announced', () => {
  it('is verified, with one receipt and one notice, however often and by however many it is read back', async () => {
    const fileId = await sendFile(content, sender());
    await Promise.all([verifyFile({ fileId }), verifyFile({ fileId })]);
    await verifyFile({ fileId });
    expect(await stateOf(fileId)).toEqual({ state: 'verified', stateReason: null });
    expect(await getDb().receipt.count({ where: { fileId } })).toBe(1);
    expect(await getDb().notice.findMany({ where: { fileId } })).toMatchObject([{ kind: 'file_verified', userId: customer.id }]);
    expect(await getDb().auditEvent.count({ where: { fileId, type: { in: ['file.verified', 'receipt.issued'] } } })).toBe(2);
    const view = await getFile({ actor: customer.actor, fileId });
    expect(view).toMatchObject({ sha256: sha256(content), storedSegments: 3, sentBy: 'you', receiptUrl: `/cases/${row.reference}/files/${fileId}/receipt` });
  });

  it('is read back by the next worker where the one before was stopped in the middle', async () => {
    const fileId = await sendFile(content, sender());
    const stopping = new AbortController();
    let asked = 0;
    const clock = () => {
      asked += 1;
      if (asked === 5) stopping.abort(new Error('shutting down'));
      return 0;
    };
    await expect(verifyFile({ fileId, signal: stopping.signal, limits: { clock } })).rejects.toThrow('shutting down');
    expect(await stateOf(fileId)).toMatchObject({ state: 'stored' });
    expect(await verdictOn(fileId)).toBe('verified');
  });

  it('is left alone while another worker reads it', async () => {
    const fileId = await sendFile(content.subarray(0, 100), sender());
    await withFileLock(fileId, () => verifyFile({ fileId }));
    expect(await stateOf(fileId)).toMatchObject({ state: 'stored' });
  });

  it('may be empty, gzipped already in several members, padded with zeros, or without a declared hash', async () => {
    expect(await verdictOn(await sendFile(Buffer.alloc(0), sender()))).toBe('verified');
    const members = Buffer.concat([gzipSync('one'), gzipSync(content), gzipSync('')]);
    const gzip = await sendFile(members, { ...sender(), encoding: 'gzip' });
    expect(await verdictOn(gzip)).toBe('verified');
    expect((await getFile({ actor: customer.actor, fileId: gzip })).sha256).toBe(sha256(members));
    expect(await verdictOn(await sendFile(Buffer.concat([members, Buffer.alloc(1024)]), { ...sender(), encoding: 'gzip' }))).toBe('verified');
    expect(await verdictOn(await sendFile(content, { ...sender(), declare: false }))).toBe('verified');
  });
});

describe('a file is quarantined', () => {
  const small = content.subarray(0, 50_000);
  const packed = gzipSync(small);

  it.each([
    ['is not gzip', () => lie(small, Buffer.from('JAVA PROFILE 1.0.2'.repeat(100))), 'not_gzip'],
    ['ends too early', () => lie(small, packed.subarray(0, packed.length - 9)), 'truncated'],
    ['has something after its end', () => lie(small, Buffer.concat([packed, Buffer.from('tail')])), 'trailing_bytes'],
    ['has padding between its segments', () => lie(small, Buffer.concat([packed, Buffer.alloc(9)])), 'trailing_bytes'],
    ['holds other content', () => lie(small, gzipSync(Buffer.from(small).fill(1, 0, 9))), 'segment_checksum_differs'],
    ['unpacks to less than announced', () => lie(small, gzipSync(small.subarray(1))), 'size_differs'],
    ['unpacks to more than announced', () => lie(small, gzipSync(Buffer.alloc(20 * B))), 'size_differs'],
  ] as const)('where a segment %s', async (_what, segment, reason) => {
    expect(await verdictOn(await sendPrepared([segment()]))).toBe(`quarantined: ${reason}`);
  });

  it('where the whole is not what was declared', async () => {
    expect(await verdictOn(await sendFile(small, { ...sender(), declare: 'a'.repeat(64) }))).toBe('quarantined: whole_checksum_differs');
  });

  it('where it was said to be gzip and is not, ends early, or has something after its end', async () => {
    const verdict = async (bytes: Buffer) => verdictOn(await sendFile(bytes, { ...sender(), encoding: 'gzip' }));
    expect(await verdict(Buffer.from('plain text, all of it'))).toBe('quarantined: not_gzip');
    expect(await verdict(packed.subarray(0, packed.length - 1))).toBe('quarantined: truncated');
    expect(await verdict(Buffer.concat([packed, Buffer.from('\0\0tail')]))).toBe('quarantined: trailing_bytes');
  });

  it('where it is a bomb, as soon as that shows', async () => {
    const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024));
    const fileId = await sendFile(bomb, { ...sender(), encoding: 'gzip' });
    expect(await verdictOn(fileId, { maxUnpackedBytes: 1_000_000 })).toBe('quarantined: bomb');
  });

  it('where it cannot be read to its end in time', async () => {
    let time = 0;
    const fileId = await sendFile(content, sender());
    expect(await verdictOn(fileId, { clock: () => (time += 60_000) })).toBe('quarantined: too_slow');
  });

  it('where a stored object has vanished, with a notice that says so and no receipt', async () => {
    const fileId = await sendFile(small, sender());
    const segment = await getDb().segment.findFirstOrThrow({ where: { fileId } });
    await getS3().send(new DeleteObjectCommand({ Bucket: getBucket(), Key: segment.objectKey, VersionId: segment.versionId ?? undefined }));
    expect(await verdictOn(fileId)).toBe('quarantined: object_missing');
    expect(await getDb().notice.findFirst({ where: { fileId } })).toMatchObject({ kind: 'file_quarantined', data: { reason: 'A stored part is no longer there.' } });
    expect(await code(getReceipt({ actor: customer.actor, fileId }))).toBe('not_found');
    const timeline = await getFileTimeline({ actor: customer.actor, fileId });
    expect(timeline.map(({ type, by }) => [type, by])).toEqual([['file.reserved', 'you'], ['file.uploading', 'you'], ['file.stored', 'you'], ['clock.started', 'you'], ['file.quarantined', 'portal']]);
  });

  it('never by what was put over an object after it was seen: the version that was seen is read', async () => {
    const fileId = await sendFile(small, sender());
    const { objectKey } = await getDb().segment.findFirstOrThrow({ where: { fileId } });
    await getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key: objectKey, Body: 'over it' }));
    expect(await verdictOn(fileId)).toBe('verified');
  });
});

describe('a receipt', () => {
  it('is checked offline with openssl and sha256sum, byte for byte', async () => {
    const fileId = await sendFile(content, sender());
    await verifyFile({ fileId });
    const receipt = await getReceipt({ actor: customer.actor, fileId });
    const save = async (name: string, part: string) => writeFileSync(path.join(folder, name), Buffer.from(await receiptDownload(receipt, part).arrayBuffer()));
    await save('receipt.json', 'payload');
    await save('receipt.sig', 'signature');
    writeFileSync(path.join(folder, 'receipt-key.pem'), getReceiptKey().publicPem);
    writeFileSync(path.join(folder, 'heap.hprof'), content);

    const verify = ['pkeyutl', '-verify', '-pubin', '-inkey', 'receipt-key.pem', '-rawin', '-in', 'receipt.json', '-sigfile', 'receipt.sig'];
    expect(execFileSync('openssl', verify, { cwd: folder, encoding: 'utf8' })).toContain('Signature Verified Successfully');
    const { rawSha256, segments, segmentBytes } = receiptPayload.parse(JSON.parse(readFileSync(path.join(folder, 'receipt.json'), 'utf8')));
    expect(execFileSync('sha256sum', ['heap.hprof'], { cwd: folder, encoding: 'utf8' })).toBe(`${rawSha256}  heap.hprof\n`);
    const slices = execFileSync('split', ['-b', String(segmentBytes), '--filter=sha256sum', 'heap.hprof'], { cwd: folder, encoding: 'utf8' });
    expect(slices.split('\n').filter(Boolean).map((line) => line.slice(0, 64))).toEqual(segments.map((segment) => segment.rawSha256));

    writeFileSync(path.join(folder, 'receipt.json'), receipt.payload.replace(rawSha256, 'f'.repeat(64)));
    expect(() => execFileSync('openssl', verify, { cwd: folder, stdio: 'pipe' })).toThrow();
  });

  it('names no file and no person, and is for those who may see the file', async () => {
    const fileId = await sendFile(content.subarray(0, 99), { ...sender(), name: 'canary-salaries-2026.hprof' });
    await verifyFile({ fileId });
    const { payload } = await getReceipt({ actor: customer.actor, fileId });
    for (const secret of ['canary', customer.email, customer.name, customer.id, customer.actor.pseudonym]) expect(payload).not.toContain(secret);
    const stranger = await makeCustomer();
    expect(await code(getReceipt({ actor: stranger.actor, fileId }))).toBe('not_found');
  });
});

it('leaves the audit chain whole', async () => {
  expect(await verifyAuditChain()).toMatchObject({ intact: true });
});
