import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { ERASED_TEXT, ERASED_TITLE } from '@/domain/erasure';
import { makeFile, makeFileRequest, makeReadyCase, makeStaff } from '@/prisma/seed/library';
import { makeUploadKey } from '@/tests/fixtures/api-client';
import { countInStorage } from '@/tests/fixtures/in-storage';
import { reserve, sampleContent, sendFile } from '@/tests/fixtures/send-file';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { reopenCase } from '../case/reopen-case';
import { closeDb, getDb } from '../db';
import { abandonFile } from '../file/abandon-file';
import { completeFile } from '../file/complete-file';
import { getManualOutput } from '../manual-output/list-manual-outputs';
import { writeManualOutput } from '../manual-output/write-manual-output';
import { closeS3, getBucket, getS3 } from '../storage/s3-client';
import { eraseOrder } from './erase-order';
import { getCertificate, loadErasures } from './get-erasure';
import { orderErasure } from './order-erasure';

const MINUTE = 60_000;
const content = sampleContent(9000);
const after = (ms: number) => new Date(Date.now() + ms);
const code = (promise: Promise<unknown>) => promise.then(() => 'no error', (error: { code?: string }) => error.code ?? String(error));

afterAll(async () => {
  closeS3();
  await closeDb();
});

describe('a case whose erasure was ordered', () => {
  it('is shut for good, loses keys, approvals and words, and is gone with all that lies under its prefix', async () => {
    const { customer: owner, case: made } = await makeReadyCase({ title: 'Leak in module Acme', description: 'Stack of Acme' });
    const own = { actor: owner.actor, reference: made.reference };
    const staff = await makeStaff();
    const request = await makeFileRequest({ caseId: made.id, by: staff, purpose: 'To see the Acme cache' });
    const [stored, other] = [await sendFile(content, own), await sendFile(sampleContent(500, 3), own)];
    const unfinished = await reserve(content, own);
    const abandoned = await reserve(content, own);
    await abandonFile({ actor: owner.actor, now: new Date(), fileId: abandoned });
    await getDb().notice.create({ data: { kind: 'file_requested', userId: owner.id, caseId: made.id, data: { reference: made.reference, kindLabel: 'Heap dump', purpose: 'To see the Acme cache' } } });
    const key = await makeUploadKey(made.id, owner.id);
    const sharing = await getDb().sharingRequest.create({ data: { caseId: made.id, purpose: 'A second opinion', askedById: staff.id, endsAt: after(60 * MINUTE), files: { create: { fileId: stored } } } });
    const grant = await getDb().rawAccessGrant.create({ data: { caseId: made.id, reason: 'Corrupt', hours: 1, askedById: staff.id, files: { create: { fileId: other } } } });
    await getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key: `${made.reference}/put-past-the-portal`, Body: 'x' }));

    // One that two looks saw, and one that a single look saw; both keys hold a name.
    const firstSeenAt = after(-MINUTE);
    for (const [Key, lastSeenAt] of [[`${made.reference}/put-past-the-portal`, after(0)], [`${made.reference}/${stored}/acme.hprof`, firstSeenAt]] as const) {
      await getDb().unannouncedObject.create({ data: { objectKey: Key, caseReference: made.reference, sizeBytes: 1n, versionCount: 1, firstSeenAt, lastSeenAt, dueAt: after(MINUTE) } });
    }

    const whole = { ...own, confirmation: made.reference };
    const [ordered, reserved] = await Promise.allSettled([orderErasure({ ...whole, now: new Date() }), reserve(content, own)]);
    if (ordered.status !== 'fulfilled') throw ordered.reason;
    const { orderId } = ordered.value;
    expect(await orderErasure({ ...whole, now: new Date(), fileId: stored })).toMatchObject({ orderId });
    expect(await getDb().case.findUniqueOrThrow({ where: { id: made.id } })).toMatchObject({ title: ERASED_TITLE, description: ERASED_TEXT, productVersion: '', status: 'closed' });
    expect([(await getDb().uploadKey.findUniqueOrThrow({ where: { id: key.id } })).revokedAt === null, (await getDb().sharingRequest.findUniqueOrThrow({ where: { id: sharing.id } })).state, (await getDb().rawAccessGrant.findUniqueOrThrow({ where: { id: grant.id } })).state]).toEqual([false, 'ended', 'ended']);
    expect((await getDb().fileRequest.findUniqueOrThrow({ where: { id: request.id } })).purpose).toBe(ERASED_TEXT);
    expect(JSON.stringify(await getDb().notice.findMany({ where: { caseId: made.id } }))).not.toContain('Acme');
    expect(await code(reserve(content, own))).toBe('case_closed');
    expect(await code(reopenCase({ actor: staff.actor, now: new Date(), reference: made.reference }))).toBe('case_closed');
    expect(await code(completeFile({ actor: owner.actor, now: new Date(), fileId: unfinished, segmentCount: 1 }))).toMatch(/^(file_wrong_state|case_closed)$/);

    await eraseOrder({ orderId, pageSize: 2 });
    expect(await countInStorage(`${made.reference}/`)).toBe(0);
    expect(await getDb().unannouncedObject.findMany({ select: { objectKey: true, caseReference: true } })).toEqual([{ objectKey: null, caseReference: made.reference }]);
    const files = await getDb().diagnosticFile.findMany({ where: { caseId: made.id } });
    expect(files.map(({ state }) => state)).toEqual(files.map(() => 'erased'));
    expect(files.length).toBe(reserved.status === 'fulfilled' ? 5 : 4);
    const { content: certificate } = await getCertificate({ ...own, orderId });
    expect(certificate).toMatchObject({ scope: 'case', keysEnded: 1, strays: { versions: 1, bytes: 1 }, totals: { files: files.length } });
    expect(await loadErasures(getDb(), made.id)).toMatchObject([{ orderId, scope: 'case', state: 'certified' }]);
    expect(await verifyAuditChain()).toMatchObject({ intact: true });
  });

  it('empties what was found in files that are gone already, which outlives them, and lets nothing more be written about them', async () => {
    const { customer: owner, case: made } = await makeReadyCase();
    const own = { actor: owner.actor, reference: made.reference };
    const support = await makeStaff();
    const { id: fileId } = await makeFile({ caseId: made.id, by: owner, state: 'expired' });
    const write = (now: Date) => writeManualOutput({ actor: support.actor, now, fileId, title: 'Acme', body: 'The session of Acme leaks.' });
    const { outputId } = await write(new Date());
    const clock = { subject: 'analysis_output', startedAt: new Date(), periodDays: 30, dueAt: after(30 * 24 * 60 * MINUTE) } as const;
    const run = await getDb().analysisRun.create({ data: { fileId, analyser: 'heap', state: 'running', outputs: { create: { fileId, title: 'Acme', body: 'Acme', clock: { create: clock } } } } });
    const note = await getDb().manualOutput.create({ data: { caseId: made.id, title: 'Acme', body: 'Acme', sizeBytes: 4, writtenById: support.id } });

    const [ordered] = await Promise.allSettled([orderErasure({ ...own, now: new Date(), confirmation: made.reference }), write(new Date())]);
    if (ordered.status !== 'fulfilled') throw ordered.reason;
    const emptied = { title: null, body: null };
    expect(await getDb().manualOutput.findMany({ where: { caseId: made.id, body: { not: null } } })).toEqual([]);
    expect(await getDb().manualOutput.findUniqueOrThrow({ where: { id: note.id } })).toMatchObject(emptied);
    expect(await getDb().analysisOutput.findFirstOrThrow({ where: { runId: run.id }, include: { clock: true } })).toMatchObject({ ...emptied, clock: { endedAt: expect.any(Date) as Date } });
    expect((await getDb().analysisRun.findUniqueOrThrow({ where: { id: run.id } })).state).toBe('cancelled');
    expect(await getManualOutput({ actor: support.actor, now: new Date(), outputId })).toMatchObject(emptied);
    expect(await code(write(new Date()))).toBe('file_wrong_state');
    await eraseOrder({ orderId: ordered.value.orderId });
    const { outputs, runsCancelled } = (await getCertificate({ ...own, orderId: ordered.value.orderId })).content;
    expect([outputs >= 3, runsCancelled]).toEqual([true, 1]);
    expect(await orderErasure({ ...own, now: new Date(), fileId, confirmation: made.reference })).toMatchObject({ orderId: ordered.value.orderId });
  });

  it('is certified where it held nothing', async () => {
    const { customer: owner, case: made } = await makeReadyCase();
    const own = { actor: owner.actor, reference: made.reference };
    const ids = await Promise.all([1, 2].map(() => orderErasure({ ...own, now: new Date(), confirmation: made.reference })));
    expect(new Set(ids.map(({ orderId }) => orderId)).size).toBe(1);
    const { orderId } = ids[0] ?? { orderId: '' };
    await eraseOrder({ orderId });
    expect((await getCertificate({ ...own, orderId })).content).toMatchObject({ isFinal: true, files: [], totals: { files: 0 }, lastSeenAt: null });
  });
});
