import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GetBucketVersioningCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { type Actor } from '@/domain/actor';
import { HOUR_MS } from '@/domain/durations';
import { type Evidence, type PromiseId, worstState } from '@/domain/promises';
import { makeGrant, makeSharing, tellOfGrant } from '@/prisma/seed/access';
import { makeCustomer, makeFile, makeReadyCase, makeStaff, makeUser } from '@/prisma/seed/library';
import { makeAnalysisOutput } from '@/tests/retention/simulated-file';
import { closeDb, getDb } from '../db';
import { getEnv } from '../env';
import { log } from '../logger';
import { closeS3, getBucket, getS3 } from '../storage/s3-client';
import { forgetLook, getPolicyEvidence } from './get-policy-evidence';

const anonymous: Actor = { kind: 'anonymous' };

beforeEach(forgetLook);
afterAll(async () => {
  closeS3();
  await closeDb();
});

async function evidenceOf(id: PromiseId, actor: Actor = anonymous): Promise<readonly Evidence[]> {
  forgetLook();
  return (await getPolicyEvidence({ actor, now: new Date() })).promises[id];
}
const stateOf = async (id: PromiseId) => worstState((await evidenceOf(id)).map(({ state }) => state));
const sentencesOf = async (id: PromiseId, actor: Actor = anonymous) => (await evidenceOf(id, actor)).map(({ sentence }) => sentence).join(' ');

it('reads the settings of the bucket just now, and shows red what has been changed there', async () => {
  expect(await stateOf('P-RAW-7')).not.toBe('broken');
  const Bucket = getBucket();
  const before = (await getS3().send(new GetBucketVersioningCommand({ Bucket }))).Status;
  await getS3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
  expect(await sentencesOf('P-RAW-7')).toContain('The bucket\'s versioning is not on.');
  expect(await stateOf('P-RAW-7')).toBe('broken');
  await getS3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: before ?? 'Enabled' } }));
});

it('reads what is the same for everybody once in some seconds, however often the page is visited, and what is the reader\'s own each time', async () => {
  const now = new Date();
  const { customer, case: opened } = await makeReadyCase();
  const file = await makeFile({ caseId: opened.id, by: customer, state: 'verified' });
  const first = await getPolicyEvidence({ actor: customer.actor, now });
  await makeSharing({ caseId: opened.id, askedBy: await makeStaff('support'), fileIds: [file.id], recipient: await makeUser({ role: 'subcontractor' }), decidedBy: await makeStaff('support'), state: 'approved', now });
  const second = await getPolicyEvidence({ actor: customer.actor, now: new Date(now.getTime() + 9_000) });
  expect(second.readAt).toBe(first.readAt);
  const words = ({ promises }: typeof second) => promises['P-SHARE'].map(({ sentence }) => sentence).join(' ');
  expect(words(second)).toContain('Nothing is shared that a customer of the same organisation has not approved. 1 sharing is in force for your organisation');
  expect(words(await getPolicyEvidence({ actor: customer.actor, now: new Date(now.getTime() + 10_000) }))).toContain('Something is shared that no customer of its organisation has approved.');
  await getDb().sharingRequest.updateMany({ data: { decidedById: customer.id } });
  expect(await stateOf('P-SHARE')).toBe('kept');
});

it('shows red a file that is past its date', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const file = await makeFile({ caseId: opened.id, by: customer, state: 'verified' });
  const startedAt = new Date(Date.now() - 8 * 24 * HOUR_MS);
  const clock = { startedAt, dueAt: new Date(startedAt.getTime() + 7 * 24 * HOUR_MS), periodDays: 7 };
  await getDb().retentionClock.upsert({ where: { fileId: file.id }, create: { subject: 'raw_file', fileId: file.id, ...clock }, update: clock });
  expect(await stateOf('P-RAW-7')).toBe('broken');
  await getDb().retentionClock.update({ where: { fileId: file.id }, data: { endedAt: new Date() } });
  await getDb().diagnosticFile.update({ where: { id: file.id }, data: { state: 'expired', name: null, safeName: null } });
  expect(await sentencesOf('P-RAW-7')).not.toContain('should have been erased');
});

it('shows red a file that no clock runs for, and what is left of an upload that was given up', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const file = await makeFile({ caseId: opened.id, by: customer, state: 'stored' });
  await getDb().retentionClock.delete({ where: { fileId: file.id } });
  expect(await sentencesOf('P-RAW-7')).toContain('1 file is held without a date on which it is erased.');
  await getDb().diagnosticFile.update({ where: { id: file.id }, data: { state: 'abandoned', stateAt: new Date(Date.now() - 25 * HOUR_MS) } });
  expect(await sentencesOf('P-RAW-7')).toContain('1 file should have been erased already.');
  await getDb().diagnosticFile.update({ where: { id: file.id }, data: { state: 'expired', name: null, safeName: null } });
});

it('shows red what nobody announced and should be gone', async () => {
  const [firstSeenAt, lastSeenAt, dueAt] = [200, 2, 2].map((hours) => new Date(Date.now() - hours * HOUR_MS)) as [Date, Date, Date];
  const { id } = await getDb().unannouncedObject.create({ data: { objectKey: 'stranger', sizeBytes: 1n, versionCount: 1, firstSeenAt, lastSeenAt, dueAt } });
  expect(await sentencesOf('P-RAW-7')).toContain('1 object that nobody announced should have been erased already.');
  await getDb().unannouncedObject.update({ where: { id }, data: { erasedAt: new Date(), objectKey: null } });
  expect(await sentencesOf('P-RAW-7')).toContain('The bucket has not been compared with the portal\'s records yet.');
});

it('shows red a date that an extension moved before its notice was handed to mail', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const file = await makeFile({ caseId: opened.id, by: customer, state: 'verified' });
  const { id: clockId, dueAt } = await getDb().retentionClock.findUniqueOrThrow({ where: { fileId: file.id } });
  const notice = await getDb().notice.create({ data: { kind: 'extension_proposed', userId: customer.id, caseId: opened.id, data: {} } });
  await getDb().retentionExtension.create({ data: { clockId, days: 2, state: 'effective', noticeId: notice.id, proposedById: (await makeStaff('support')).id } });
  expect(await stateOf('P-EXTEND')).toBe('kept');
  await getDb().retentionClock.update({ where: { id: clockId }, data: { dueAt: new Date(dueAt.getTime() + 48 * HOUR_MS) } });
  expect(await stateOf('P-EXTEND')).toBe('broken');
  await getDb().notice.update({ where: { id: notice.id }, data: { state: 'sent', sentAt: new Date() } });
  expect(await stateOf('P-EXTEND')).toBe('kept');
  expect(await sentencesOf('P-EXTEND', customer.actor)).toContain('1 extension is in force for your organisation');
});

it('shows red raw data that was read before its customer was told, or by who asked alone', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const file = await makeFile({ caseId: opened.id, by: customer, state: 'verified' });
  const [askedBy, approvedBy] = [await makeStaff('data_admin'), await makeStaff('admin')];
  const { id: grantId } = await makeGrant({ caseId: opened.id, askedBy, approvedBy, state: 'granted', fileIds: [file.id] });
  expect(await stateOf('P-LIMITED')).toBe('kept');
  await getDb().rawAccessGrant.update({ where: { id: grantId }, data: { approvedById: askedBy.id } });
  expect(await sentencesOf('P-LIMITED')).toContain('An access is in force that nobody but who asked for it approved.');
  await getDb().rawAccessGrant.update({ where: { id: grantId }, data: { approvedById: approvedBy.id } });
  const now = new Date();
  await getDb().rawAccessGrantFile.update({ where: { grantId_fileId: { grantId, fileId: file.id } }, data: { readAt: now } });
  expect(await sentencesOf('P-LIMITED')).toContain('Raw data was read before its customer had been told of it.');
  await tellOfGrant({ grantId, caseId: opened.id, reference: opened.reference, customer, now });
  expect(await stateOf('P-LIMITED')).toBe('kept');
});

it('counts the accesses in force for the reader\'s own organization alone', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const file = await makeFile({ caseId: opened.id, by: customer, state: 'verified' });
  await makeGrant({ caseId: opened.id, askedBy: await makeStaff('data_admin'), approvedBy: await makeStaff('admin'), state: 'granted', fileIds: [file.id] });
  expect(await sentencesOf('P-LIMITED', customer.actor)).toContain('1 access to raw data is in force for your organisation');
  expect(await sentencesOf('P-LIMITED', (await makeCustomer()).actor)).toContain('Nobody can reach raw data of your organisation');
  expect(await sentencesOf('P-LIMITED')).not.toContain('your organisation');
});

it('shows the logs of this machine: who may read them, how old the oldest is, and how much they say', async () => {
  const folder = path.join(getEnv().AIRLOCK_DATA_DIR, 'logs');
  const old = path.join(folder, 'archive', 'portal-2026-01-01.1.jsonl.gz');
  log('info', 'evidence-unread');
  mkdirSync(path.dirname(old), { recursive: true });
  expect(await sentencesOf('P-LOGS')).toContain('can be read by its own account alone.');
  chmodSync(folder, 0o755);
  writeFileSync(old, '');
  expect(await sentencesOf('P-LOGS')).toMatch(/can be read by other accounts.* There is a log of 2026-01-01, which is more than 30 days ago/);
  chmodSync(folder, 0o700);
  rmSync(old);
});

it('shows an erasure red that is not finished after five minutes', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const order = await getDb().erasureOrder.create({ data: { caseId: opened.id, orderedById: customer.id, orderedAt: new Date(Date.now() - 6 * 60_000) } });
  expect(await stateOf('P-ERASE')).toBe('broken');
  await getDb().erasureOrder.update({ where: { id: order.id }, data: { state: 'done', doneAt: new Date() } });
  expect(await sentencesOf('P-ERASE')).toContain('1 erasure is said to be finished without a certificate');
  await getDb().erasureCertificate.create({ data: { orderId: order.id, edition: 1, payload: '{}', signature: 'none', keyId: 'none', issuedAt: new Date() } });
  expect(await stateOf('P-ERASE')).toBe('kept');
  const file = await makeFile({ caseId: opened.id, by: customer, state: 'erased' });
  await getDb().erasureOrderFile.create({ data: { orderId: order.id, fileId: file.id } });
  expect(await stateOf('P-ERASE')).toBe('broken');
  await getDb().erasureOrderFile.updateMany({ where: { orderId: order.id }, data: { absentAt: new Date() } });
  expect(await stateOf('P-ERASE')).toBe('kept');
});

it('shows red a result whose words are still there although no clock runs for it any more', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const { id: fileId } = await makeFile({ caseId: opened.id, by: customer, state: 'expired' });
  const id = await makeAnalysisOutput(fileId, new Date(), 30);
  expect(await stateOf('P-AUTO-30')).toBe('kept');
  await getDb().retentionClock.updateMany({ where: { analysisOutputId: id }, data: { endedAt: new Date() } });
  expect(await sentencesOf('P-AUTO-30')).toContain('1 output is held without a date on which it is erased.');
  await getDb().analysisOutput.update({ where: { id }, data: { title: null, body: null } });
  expect([await stateOf('P-AUTO-30'), await stateOf('P-MANUAL-1')]).toEqual(['kept', 'kept']);
});

it('says how old the oldest object is, also of an upload that is not complete', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const { id: fileId } = await makeFile({ caseId: opened.id, by: customer, state: 'uploading' });
  const storedAt = new Date(Date.now() - 100 * HOUR_MS);
  await getDb().segment.create({ data: { fileId, index: 1, objectKey: `${opened.reference}/${fileId}/a`, state: 'stored', rawSizeBytes: 1n, rawSha256: 'a'.repeat(64), sizeBytes: 1n, sha256: 'b'.repeat(64), announcedAt: storedAt, storedAt } });
  expect(await sentencesOf('P-RAW-7')).toContain('was stored 4 days ago.');
  await getDb().diagnosticFile.update({ where: { id: fileId }, data: { state: 'expired', name: null, safeName: null } });
  expect(await sentencesOf('P-RAW-7')).not.toContain('was stored 4 days ago.');
});
