import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSharing } from '@/prisma/seed/access';
import { makeCustomer, makeFile, makeReadyCase, makeStaff, makeUser, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { makeUploadKey } from '@/tests/fixtures/api-client';
import { countInStorage } from '@/tests/fixtures/in-storage';
import { prepareSegment, put, reserve, sampleContent, sendFile } from '@/tests/fixtures/send-file';
import { breakStorage } from '@/tests/storage-faults/break-storage';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { closeDb, getDb } from '../db';
import { getEnv } from '../env';
import { completeFile } from '../file/complete-file';
import { confirmSegments } from '../file/confirm-segments';
import { presignSegments } from '../file/presign-segments';
import { verifyFile } from '../file/verify-file';
import { getManualOutput } from '../manual-output/list-manual-outputs';
import { writeManualOutput } from '../manual-output/write-manual-output';
import { getReceipt } from '../receipt/get-receipt';
import { getReceiptKey } from '../receipt/receipt-key';
import { getRetentionProblems } from '../retention/read-sweep-facts';
import { closeS3, getBucket, getS3 } from '../storage/s3-client';
import { eraseOrder } from './erase-order';
import { getCertificate, getErasure } from './get-erasure';
import { orderErasure } from './order-erasure';
import { stopWhenOrdered } from './stop-when-ordered';
import { tendErasures } from './tend-erasures';
import { watchOrder } from './watch-order';

const MINUTE = 60_000;
const content = sampleContent(9000);
const after = (ms: number) => new Date(Date.now() + ms);
const code = (promise: Promise<unknown>) => promise.then(() => 'no error', (error: { code?: string }) => error.code ?? String(error));
const fileOf = (id: string) => getDb().diagnosticFile.findUniqueOrThrow({ where: { id }, include: { segments: { include: { attempts: true } }, clock: true } });

let customer: SeedUser;
let row: SeedCase;
const sender = () => ({ actor: customer.actor, reference: row.reference });
const order = (fileId?: string, actor: Parameters<typeof orderErasure>[0]['actor'] = customer.actor) => orderErasure({ actor, now: new Date(), reference: row.reference, fileId, confirmation: row.reference.toLowerCase() });

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase());
});
afterAll(async () => {
  closeS3();
  await closeDb();
});

describe('a file whose erasure was ordered', () => {
  it('stops at once, is gone with every version, and leaves a certificate that openssl holds to be genuine', async () => {
    const fileId = await sendFile(content, { ...sender(), name: 'secret-of-Acme.hprof' });
    await verifyFile({ fileId });
    const [{ objectKey: Key = '' } = {}] = await getDb().segment.findMany({ where: { fileId } });
    await getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key, Body: 'a second version' }));
    const run = await getDb().analysisRun.create({ data: { fileId, analyser: 'heap', state: 'running', outputs: { create: { fileId, title: 'secret-of-Acme.hprof', body: 'It is full.' } } }, include: { outputs: true } });

    const { orderId } = await order(fileId);
    expect(await fileOf(fileId)).toMatchObject({ state: 'verified', name: null, safeName: null });
    expect(await getDb().analysisRun.findUniqueOrThrow({ where: { id: run.id }, include: { outputs: true } })).toMatchObject({ state: 'cancelled', outputs: [{ title: null, body: null }] });
    expect(await getErasure({ ...sender(), orderId })).toMatchObject({ state: 'ordered', certificate: null });
    expect(await code(getCertificate({ ...sender(), orderId }))).toBe('not_found');

    await eraseOrder({ orderId });
    expect(await countInStorage(`${row.reference}/${fileId}/`)).toBe(0);
    const file = await fileOf(fileId);
    expect(file).toMatchObject({ state: 'erased', name: null, safeName: null });
    expect(file.clock?.endedAt).not.toBeNull();
    expect(file.segments.every(({ objectKey, attempts }) => !objectKey.includes('secret') && attempts.length === 0)).toBe(true);
    expect((await getReceipt({ actor: customer.actor, fileId })).content.fileId).toBe(fileId);

    const certificate = await getCertificate({ ...sender(), orderId });
    expect(certificate.content).toMatchObject({ scope: 'file', edition: 1, runsCancelled: 1, outputs: 1, files: [{ fileId, rawSizeBytes: 9000, found: { versions: 2 } }], totals: { files: 1, segments: 1, versions: 2 } });
    expect(certificate.payload).not.toContain('secret');
    expect(opensslHolds(certificate)).toContain('Verified Successfully');

    const types = (await getDb().auditEvent.findMany({ where: { fileId }, orderBy: { seq: 'desc' }, take: 4 })).map(({ type }) => type);
    expect(types).toEqual(['erasure.certified', 'clock.ended', 'file.erased', 'erasure.ordered']);
    expect((await getDb().notice.findMany({ where: { fileId, userId: customer.id }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind)).toEqual(['file_verified', 'erasure_ordered', 'erasure_certified']);
    expect(await verifyAuditChain()).toMatchObject({ intact: true });
  });

  it('is not read back any more, and who reads it stops', async () => {
    const fileId = await sendFile(content, sender());
    const guard = stopWhenOrdered(fileId, undefined, 5);
    const stopped = new Promise((resolve) => guard.signal.addEventListener('abort', resolve, { once: true }));
    const broken = breakStorage(getS3(), { faults: [], kill: () => undefined, before: async ({ nth }) => { if (nth === 1) await order(fileId); } });
    await verifyFile({ fileId });
    broken.mend();
    await stopped;
    guard.end();
    expect([guard.isOrdered(), (await fileOf(fileId)).state]).toEqual([true, 'stored']);
    expect(await getDb().receipt.count({ where: { fileId } })).toBe(0);
    await verifyFile({ fileId });
    expect((await fileOf(fileId)).state).toBe('stored');
  });

  it('takes nothing more while it is being sent, and what an earlier URL writes is swept, recorded and certified', async () => {
    const fileId = await reserve(content, sender());
    const segment = prepareSegment(1, content);
    const now = new Date();
    const { segments: [presigned] } = await presignSegments({ actor: customer.actor, now, fileId, segments: [segment.announced] });
    if (!presigned) throw new Error('no URL');
    expect((await put(presigned, segment.body)).status).toBe(200);
    const { orderId } = await order(fileId);
    const late = { actor: customer.actor, now: new Date(), fileId };
    expect(await code(presignSegments({ ...late, segments: [segment.announced] }))).toBe('file_wrong_state');
    expect(await code(confirmSegments({ ...late, indexes: [1] }))).toBe('file_wrong_state');
    expect(await code(completeFile({ ...late, segmentCount: 1 }))).toBe('file_wrong_state');
    await eraseOrder({ orderId });
    const first = await getCertificate({ ...sender(), orderId });
    expect(first.content).toMatchObject({ isFinal: false, files: [{ isComplete: false, rawSizeBytes: null, found: { versions: 1 } }] });
    expect(new Date(first.content.urlsEndAt ?? 0).getTime()).toBeGreaterThan(now.getTime() + 14 * MINUTE);

    expect((await put(presigned, segment.body)).status).toBe(200);
    // Killed between writing it down and deleting it: it counts once.
    const broken = breakStorage(getS3(), { faults: [{ nth: 2, kind: 'refuse' }], kill: () => undefined });
    expect(await code(watchOrder({ orderId, now: after(MINUTE / 2) }).finally(broken.mend))).toBe('storage_unavailable');
    expect(await tendErasures({ now: after(MINUTE) })).toMatchObject({ failed: 0 });
    expect(await countInStorage(`${row.reference}/${fileId}/`)).toBe(0);
    expect(await getDb().auditEvent.count({ where: { fileId, type: 'erasure.late_write' } })).toBe(1);
    await watchOrder({ orderId, now: after(2 * MINUTE) });
    expect((await getErasure({ ...sender(), orderId })).editions).toEqual([1]);
    await Promise.all([1, 2].map(() => watchOrder({ orderId, now: after(80 * MINUTE) })));
    const last = await getCertificate({ ...sender(), orderId });
    expect(last.content).toMatchObject({ edition: 2, isFinal: true, files: [{ late: { versions: 1, bytes: segment.body.length } }] });
    expect(opensslHolds(last)).toContain('Verified Successfully');
    expect((await getCertificate({ ...sender(), orderId, edition: 1 })).payload).toBe(first.payload);
    await expect(getDb().erasureCertificate.updateMany({ where: { orderId }, data: { payload: '{}' } })).rejects.toThrow();
  });

  it('is ordered once, however often and however fast, also where a URL is asked for at that moment', async () => {
    const fileId = await reserve(content, sender());
    const segment = prepareSegment(1, content);
    const [url, ...orders] = await Promise.allSettled([presignSegments({ actor: customer.actor, now: new Date(), fileId, segments: [segment.announced] }), order(fileId), order(fileId), order(fileId)]);
    const ids = new Set(orders.map((each) => (each.status === 'fulfilled' && 'orderId' in each.value ? each.value.orderId : each.status)));
    expect(ids.size).toBe(1);
    const [orderId = ''] = [...ids];
    expect(await getDb().auditEvent.count({ where: { fileId, type: 'erasure.ordered' } })).toBe(1);
    await Promise.all([1, 2, 3].map(() => eraseOrder({ orderId }).catch(() => undefined)));
    await eraseOrder({ orderId });
    expect(await getDb().auditEvent.count({ where: { fileId, type: 'erasure.certified' } })).toBe(1);
    const { content: certificate } = await getCertificate({ ...sender(), orderId });
    expect(certificate.urlsEndAt !== null).toBe(url.status === 'fulfilled');
    expect(await order(fileId)).toMatchObject({ orderId });
  });

  it('and that had expired loses what was made of it, which outlives it, and nothing more is written about it', async () => {
    const { id: fileId } = await makeFile({ caseId: row.id, by: customer, state: 'expired', now: after(-MINUTE) });
    const other = await makeFile({ caseId: row.id, by: customer, state: 'expired' });
    const support = await makeStaff();
    const write = () => writeManualOutput({ actor: support.actor, now: new Date(), fileId, title: 'Acme', body: 'The session of Acme leaks.' });
    const { outputId } = await write();
    const run = await getDb().analysisRun.create({ data: { fileId, analyser: 'heap', state: 'running', outputs: { create: { fileId, title: 'Acme', body: 'Acme' } } } });
    const [alone, both] = await Promise.all([[fileId], [fileId, other.id]].map((ids) => makeSharing({ caseId: row.id, askedBy: support, fileIds: ids })));

    const { orderId } = await order(fileId);
    const emptied = { title: null, body: null };
    expect(await getManualOutput({ actor: support.actor, now: new Date(), outputId })).toMatchObject(emptied);
    expect(await getDb().analysisRun.findUniqueOrThrow({ where: { id: run.id }, include: { outputs: true } })).toMatchObject({ state: 'cancelled', outputs: [emptied] });
    const stateOfSharing = async (id = '') => (await getDb().sharingRequest.findUniqueOrThrow({ where: { id } })).state;
    expect([await stateOfSharing(alone?.id), await stateOfSharing(both?.id)]).toEqual(['ended', 'asked']);
    expect(await code(write())).toBe('file_wrong_state');
    await eraseOrder({ orderId });
    expect((await fileOf(fileId)).state).toBe('expired');
    const { content: certificate } = await getCertificate({ ...sender(), orderId });
    expect(certificate).toMatchObject({ isFinal: true, outputs: 2, runsCancelled: 1, totals: { files: 0, versions: 0, rawSizeBytes: 0 }, files: [{ fileId, expiredAt: expect.any(String) as string }] });
  });

  it('is not ordered where the reference was not typed, or somebody else asks', async () => {
    const fileId = await sendFile(content, sender());
    for (const confirmation of ['', 'AL-0000-0000', 'yes']) expect(await code(orderErasure({ ...sender(), now: new Date(), fileId, confirmation }))).toBe('validation_failed');
    const stranger = await makeCustomer();
    const { case: other } = await makeReadyCase({ openedBy: customer });
    const wrong = [stranger, await makeStaff('support'), await makeStaff('data_admin'), await makeStaff('admin'), await makeUser({ role: 'subcontractor' })];
    for (const { actor } of wrong) expect([await code(order(fileId, actor)), await code(order(undefined, actor))]).toEqual(['not_found', 'not_found']);
    const key = await makeUploadKey(row.id, customer.id);
    expect(await code(order(fileId, { kind: 'upload_key', uploadKeyId: key.id, caseId: row.id, organizationId: row.organizationId }))).toBe('not_found');
    expect(await code(orderErasure({ actor: customer.actor, now: new Date(), reference: other.reference, fileId, confirmation: other.reference }))).toBe('not_found');
    expect(await getDb().erasureOrder.count({ where: { fileId } })).toBe(0);
    const { orderId } = await order(fileId);
    expect(await code(getErasure({ actor: stranger.actor, reference: row.reference, orderId }))).toBe('not_found');
    expect(await code(getErasure({ actor: customer.actor, reference: other.reference, orderId }))).toBe('not_found');
    await getDb().erasureOrder.update({ where: { id: orderId }, data: { orderedAt: after(-4.5 * MINUTE) } });
    expect((await getRetentionProblems({ now: new Date() })).join()).not.toContain('order');
    expect((await tendErasures({ now: new Date() })).handedOn).toBeGreaterThanOrEqual(1);
    expect((await getRetentionProblems({ now: after(MINUTE) })).join()).toContain('One order to erase is not done yet');
    await eraseOrder({ orderId });
  });
});

/** What openssl says of a certificate, with nothing but its files and the public key. */
function opensslHolds({ payload, signature }: { payload: string; signature: string }): string {
  const folder = mkdtempSync(path.join(getEnv().AIRLOCK_DATA_DIR, 'check-'));
  writeFileSync(path.join(folder, 'certificate.json'), payload);
  writeFileSync(path.join(folder, 'certificate.sig'), Buffer.from(signature, 'base64'));
  writeFileSync(path.join(folder, 'receipt-key.pem'), getReceiptKey().publicPem);
  return execFileSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', 'receipt-key.pem', '-rawin', '-in', 'certificate.json', '-sigfile', 'certificate.sig'], { cwd: folder, encoding: 'utf8' });
}
