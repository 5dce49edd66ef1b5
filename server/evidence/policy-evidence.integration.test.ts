import { GetBucketVersioningCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { type Actor } from '@/domain/actor';
import { type PromiseId, worstState } from '@/domain/promises';
import { makeCustomer, makeFile, makeReadyCase, makeStaff } from '@/prisma/seed/library';
import { closeDb, getDb } from '../db';
import { closeS3, getBucket, getS3 } from '../storage/s3-client';
import { forgetBucketLook, getPolicyEvidence } from './get-policy-evidence';

const anonymous: Actor = { kind: 'anonymous' };
const HOUR_MS = 3_600_000;

beforeEach(forgetBucketLook);
afterAll(async () => {
  closeS3();
  await closeDb();
});

async function stateOf(id: PromiseId, actor: Actor = anonymous): Promise<string> {
  const { promises } = await getPolicyEvidence({ actor, now: new Date() });
  return worstState(promises[id].map(({ state }) => state));
}

async function sentencesOf(id: PromiseId, actor: Actor): Promise<string> {
  const { promises } = await getPolicyEvidence({ actor, now: new Date() });
  return promises[id].map(({ sentence }) => sentence).join(' ');
}

it('reads the settings of the bucket just now, and shows red what has been changed there', async () => {
  expect(await stateOf('P-REGION')).toBe('kept');
  const Bucket = getBucket();
  const before = (await getS3().send(new GetBucketVersioningCommand({ Bucket }))).Status;
  await getS3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
  forgetBucketLook();
  expect(await sentencesOf('P-RAW-7', anonymous)).toContain('The bucket\'s versioning is not on.');
  expect(await stateOf('P-RAW-7')).toBe('broken');
  await getS3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: before ?? 'Enabled' } }));
});

it('asks the bucket once a minute, however often the page is visited', async () => {
  const first = await getPolicyEvidence({ actor: anonymous, now: new Date() });
  expect((await getPolicyEvidence({ actor: anonymous, now: new Date() })).readAt).toBe(first.readAt);
});

it('shows red a file that is past its date', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const file = await makeFile({ caseId: opened.id, by: customer, state: 'verified' });
  const startedAt = new Date(Date.now() - 8 * 24 * HOUR_MS);
  const clock = { startedAt, dueAt: new Date(startedAt.getTime() + 7 * 24 * HOUR_MS), periodDays: 7 };
  await getDb().retentionClock.upsert({ where: { fileId: file.id }, create: { subject: 'raw_file', fileId: file.id, ...clock }, update: clock });
  expect(await stateOf('P-RAW-7')).toBe('broken');
  await getDb().retentionClock.update({ where: { fileId: file.id }, data: { endedAt: new Date() } });
  expect(await sentencesOf('P-RAW-7', anonymous)).not.toContain('should have been erased');
});

it('shows a grant that nobody approved red, and counts those in force for the reader\'s own organization alone', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const [asker, approver] = [await makeStaff('data_admin'), await makeStaff('admin')];
  const now = new Date();
  await getDb().rawAccessGrant.create({ data: { caseId: opened.id, askedById: asker.id, approvedById: approver.id, reason: 'To see.', hours: 1, state: 'granted', approvedAt: now, endsAt: new Date(now.getTime() + HOUR_MS) } });
  expect(await stateOf('P-LIMITED')).toBe('kept');
  expect(await sentencesOf('P-LIMITED', customer.actor)).toContain('1 access to raw data is in force for your organisation');
  expect(await sentencesOf('P-LIMITED', (await makeCustomer()).actor)).toContain('Nobody can reach raw data of your organisation');
  expect(await sentencesOf('P-LIMITED', anonymous)).not.toContain('your organisation');
});

it('shows an erasure red that is not finished after five minutes', async () => {
  const { customer, case: opened } = await makeReadyCase();
  const order = await getDb().erasureOrder.create({ data: { caseId: opened.id, orderedById: customer.id, orderedAt: new Date(Date.now() - 6 * 60_000) } });
  expect(await stateOf('P-ERASE')).toBe('broken');
  await getDb().erasureOrder.update({ where: { id: order.id }, data: { state: 'done', doneAt: new Date() } });
  expect(await stateOf('P-ERASE')).toBe('kept');
});
