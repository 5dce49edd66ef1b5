import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as describeKey from '@/app/api/v1/upload-key/route';
import * as reserveRoute from '@/app/api/v1/cases/[reference]/files/route';
import * as fileRoute from '@/app/api/v1/files/[fileId]/route';
import * as receiptRoute from '@/app/api/v1/files/[fileId]/receipt/route';
import { type UploadKeyActor } from '@/domain/actor';
import { HOUR_MS } from '@/domain/durations';
import { MIN_SEGMENT_BYTES } from '@/domain/limits';
import { MAX_LIVE_KEYS_PER_CASE, UPLOAD_KEY_HOURS, uploadKeyResponse } from '@/domain/upload-key';
import { makeCase, makeCustomer, makeReadyCase, makeStaff, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { closeDb, getDb } from '@/server/db';
import { closeCase } from '@/server/case/close-case';
import { reopenCase } from '@/server/case/reopen-case';
import { abandonFile } from '@/server/file/abandon-file';
import { completeFile } from '@/server/file/complete-file';
import { verifyFile } from '@/server/file/verify-file';
import { uploadKeyActor } from '@/server/auth/upload-key-actor';
import { closeS3 } from '@/server/storage/s3-client';
import { callApi, signInCookie } from '@/tests/fixtures/api-client';
import { catObjects, prepareSegments, reserve, sampleContent, sendFile, sendSegments, sha256 } from '@/tests/fixtures/send-file';
import { gunzipSync } from 'node:zlib';
import { listUploadKeys } from './list-upload-keys';
import { makeUploadKey } from './make-upload-key';
import { revokeUploadKey } from './revoke-upload-key';

const now = new Date();
let customer: SeedUser;
let row: SeedCase;

const make = (actor = customer.actor, reference = row.reference, at = now) => makeUploadKey({ actor, now: at, reference });
const told = async (bearer: string) => (await callApi(describeKey.GET, { method: 'GET', bearer })).body;
const actorOf = (secret: string): Promise<UploadKeyActor> => uploadKeyActor(`Bearer ${secret}`, new Date());

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase());
});
afterAll(async () => {
  closeS3();
  await closeDb();
});

describe('making an upload key', () => {
  it('answers the secret once, and keeps no more than its hash and its first characters', async () => {
    const { id, secret, expiresAt } = await make();
    expect(new Date(expiresAt).getTime() - now.getTime()).toBe(UPLOAD_KEY_HOURS * HOUR_MS);
    const kept = await getDb().uploadKey.findUniqueOrThrow({ where: { id } });
    expect(kept).toMatchObject({ keyHash: sha256(Buffer.from(secret)), hint: secret.slice(0, 8) });
    expect(JSON.stringify(kept)).not.toContain(secret.slice(8));
    const events = await getDb().auditEvent.findMany({ where: { caseId: row.id, type: 'upload_key.made' } });
    expect(JSON.stringify(events.map(({ data }) => data))).not.toContain(secret.slice(4));
  });

  it('is for customers of the organization only, and for cases that may send', async () => {
    for (const other of [await makeCustomer(), await makeStaff('support'), await makeStaff('admin')]) await expect(make(other.actor)).rejects.toMatchObject({ code: 'not_found' });
    const unread = await makeCase({ openedBy: customer });
    await expect(make(customer.actor, unread.reference)).rejects.toMatchObject({ code: 'policy_not_accepted' });
  });

  it('ends at the number of keys that a case may have at work', async () => {
    const full = (await makeReadyCase({ openedBy: customer })).case;
    const made = [];
    for (let at = 0; at < MAX_LIVE_KEYS_PER_CASE; at += 1) made.push(await make(customer.actor, full.reference));
    await expect(make(customer.actor, full.reference)).rejects.toMatchObject({ code: 'too_many_upload_keys' });
    await revokeUploadKey({ actor: customer.actor, now, uploadKeyId: made[0]?.id ?? '' });
    await make(customer.actor, full.reference);
  });

  it('is counted by the hour', async () => {
    const busy = await makeReadyCase();
    const other = new Date(now.getTime() + 24 * HOUR_MS);
    for (let at = 0; at < 30; at += 1) {
      const { id } = await make(busy.customer.actor, busy.case.reference, other);
      await getDb().uploadKey.delete({ where: { id } });
    }
    await expect(make(busy.customer.actor, busy.case.reference, other)).rejects.toMatchObject({ code: 'rate_limited' });
  });
});

describe('a key', () => {
  it('tells its case, its end and what is unfinished, and nothing that was sent to the end', async () => {
    const mine = (await makeReadyCase({ openedBy: customer })).case;
    const { secret, expiresAt } = await make(customer.actor, mine.reference);
    const content = sampleContent(1000);
    const open = await reserve(content, { actor: customer.actor, reference: mine.reference, name: 'begun.log' });
    await sendFile(content, { actor: customer.actor, reference: mine.reference, name: 'finished.log' });
    await abandonFile({ actor: customer.actor, now, fileId: await reserve(content, { actor: customer.actor, reference: mine.reference }) });
    const answer = uploadKeyResponse.parse(await told(secret));
    expect(answer).toMatchObject({ caseReference: mine.reference, expiresAt, files: [{ fileId: open, name: 'begun.log', sizeBytes: 1000, state: 'reserved', segmentBytes: MIN_SEGMENT_BYTES, encoding: 'raw' }] });
    expect(answer.files).toHaveLength(1);
  });

  it('is told why it does not work any more, by the same code, and an unknown one is told nothing', async () => {
    const mine = (await makeReadyCase({ openedBy: customer })).case;
    const [revoked, past, closed] = [await make(customer.actor, mine.reference), await make(customer.actor, mine.reference), await make(customer.actor, mine.reference)];
    const refusal = async (bearer: string) => {
      const { status, body } = await callApi(describeKey.GET, { method: 'GET', bearer });
      expect([status, body.code]).toEqual([401, 'upload_key_invalid']);
      return String(body.detail);
    };
    await revokeUploadKey({ actor: customer.actor, now, uploadKeyId: revoked.id });
    await getDb().uploadKey.update({ where: { id: past.id }, data: { expiresAt: new Date(now.getTime() - 1) } });
    expect(await refusal(revoked.secret)).toContain('was revoked');
    expect(await refusal(past.secret)).toContain('past its time');
    const { id, secret } = await make(customer.actor, mine.reference);
    await getDb().uploadKey.delete({ where: { id } });
    expect(await refusal(secret)).toContain('not known');
    expect(await refusal(secret.slice(0, -1))).toContain('not a whole upload key');
    const support = (await makeStaff('support')).actor;
    await closeCase({ actor: support, now: new Date(), reference: mine.reference });
    expect(await refusal(closed.secret)).toContain('is closed');
    await reopenCase({ actor: support, now: new Date(), reference: mine.reference });
    expect(await refusal(closed.secret)).toContain('was revoked');
    const ends = await getDb().auditEvent.findMany({ where: { caseId: mine.id, type: 'upload_key.revoked' }, select: { data: true } });
    expect(ends.map(({ data }) => (data as { why: string }).why).sort()).toEqual(['asked', 'case_closed']);
    await expect(callApi(describeKey.GET, { method: 'GET', cookie: await signInCookie(customer) })).resolves.toMatchObject({ status: 401 });
  });

  it('is revoked by customers of the case and by support, and by nobody else', async () => {
    const { id, secret } = await make();
    for (const other of [await makeCustomer(), await makeStaff('data_admin')]) await expect(revokeUploadKey({ actor: other.actor, now, uploadKeyId: id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(revokeUploadKey({ actor: await actorOf(secret), now, uploadKeyId: id })).rejects.toMatchObject({ code: 'not_found' });
    await revokeUploadKey({ actor: (await makeStaff('support')).actor, now, uploadKeyId: id });
    await revokeUploadKey({ actor: customer.actor, now, uploadKeyId: id });
    expect(await getDb().auditEvent.count({ where: { type: 'upload_key.revoked', data: { path: ['uploadKeyId'], equals: id } } })).toBe(1);
  });

  it('shows its use, and who made it', async () => {
    const mine = (await makeReadyCase({ openedBy: customer })).case;
    const { id, secret } = await make(customer.actor, mine.reference);
    const listed = (actor = customer.actor) => listUploadKeys({ actor, now: new Date(), reference: mine.reference });
    expect(await listed()).toMatchObject([{ id, state: 'works', madeByName: customer.name, lastUsedAt: null, files: 0 }]);
    const content = sampleContent(500);
    const begun = await reserve(content, { actor: customer.actor, reference: mine.reference });
    const key = await actorOf(secret);
    await sendSegments(begun, prepareSegments(content), { actor: key });
    await completeFile({ actor: key, now, fileId: begun, segmentCount: 1 });
    await sendFile(content, { actor: key, reference: mine.reference });
    const [seen] = await listed();
    expect(seen).toMatchObject({ files: 2 });
    expect(seen?.lastUsedAt).not.toBeNull();
    expect(JSON.stringify(seen)).not.toContain(secret.slice(8));
    expect(await listed((await makeStaff('support')).actor)).toHaveLength(1);
    await expect(listed((await makeCustomer()).actor)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a file that a browser began', () => {
  it('is finished by a key, which may repeat its last call and fetch the receipt; another key may not', async () => {
    const content = sampleContent(MIN_SEGMENT_BYTES + 1000, 7);
    const segments = prepareSegments(content);
    const fileId = await reserve(content, { actor: customer.actor, reference: row.reference });
    await sendSegments(fileId, segments.slice(0, 1), { actor: customer.actor });
    const [mine, other] = [await make(), await make()];
    const key = await actorOf(mine.secret);
    await sendSegments(fileId, segments.slice(1), { actor: key });
    for (const _ of [1, 2]) expect(await completeFile({ actor: key, now, fileId, segmentCount: 2, rawSha256: sha256(content) })).toMatchObject({ state: 'stored' });
    await verifyFile({ fileId });
    expect(gunzipSync(await catObjects(fileId)).equals(content)).toBe(true);
    const seenBy = (bearer: string) => Promise.all([fileRoute, receiptRoute].map(async ({ GET }) => (await callApi(GET, { method: 'GET', params: { fileId }, bearer })).status));
    expect(await seenBy(mine.secret)).toEqual([200, 200]);
    expect(await seenBy(other.secret)).toEqual([404, 404]);
  });

  it('is finished by a browser where a key began it, and the key sees how it went', async () => {
    const content = sampleContent(MIN_SEGMENT_BYTES + 1000, 8);
    const segments = prepareSegments(content);
    const { secret } = await make();
    const key = await actorOf(secret);
    const fileId = await reserve(content, { actor: key, reference: row.reference });
    await sendSegments(fileId, segments.slice(1), { actor: key });
    await sendSegments(fileId, segments.slice(0, 1), { actor: customer.actor });
    await completeFile({ actor: customer.actor, now, fileId, segmentCount: 2 });
    expect((await callApi(fileRoute.GET, { method: 'GET', params: { fileId }, bearer: secret })).body.state).toBe('stored');
  });

  it('is not given up by a key, while one that a key began is, by the next key of the case too, and twice as well as once', async () => {
    const { secret } = await make();
    const giveUp = async (fileId: string, bearer: string) => (await callApi(fileRoute.DELETE, { method: 'DELETE', params: { fileId }, bearer })).status;
    const ofPerson = await reserve(sampleContent(10), { actor: customer.actor, reference: row.reference });
    expect(await giveUp(ofPerson, secret)).toBe(404);
    expect((await getDb().diagnosticFile.findUniqueOrThrow({ where: { id: ofPerson } })).state).toBe('reserved');
    const ofKey = await reserve(sampleContent(10), { actor: await actorOf(secret), reference: row.reference });
    const next = await make();
    expect([await giveUp(ofKey, next.secret), await giveUp(ofKey, next.secret), await giveUp(ofKey, secret)]).toEqual([204, 204, 204]);
  });

  it('does not exist for a key of another case', async () => {
    const elsewhere = (await makeReadyCase({ openedBy: customer })).case;
    const { secret } = await make(customer.actor, elsewhere.reference);
    const fileId = await reserve(sampleContent(10), { actor: customer.actor, reference: row.reference });
    for (const [method, handler] of [['GET', fileRoute.GET], ['DELETE', fileRoute.DELETE]] as const) expect((await callApi(handler, { method, params: { fileId }, bearer: secret })).status).toBe(404);
    expect((await callApi(reserveRoute.POST, { params: { reference: row.reference }, bearer: secret, json: { name: 'x', kind: 'other', sizeBytes: 1, encoding: 'raw' } })).status).toBe(404);
    expect(uploadKeyResponse.parse(await told(secret)).files).toEqual([]);
  });
});
