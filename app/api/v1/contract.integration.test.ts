import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_FILES_PER_CASE, MIN_SEGMENT_BYTES } from '@/domain/limits';
import { acceptPolicy, makeCase, makeCustomer, makePolicyVersion, makeReadyCase, makeStaff, makeUser, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { closeDb, getDb } from '@/server/db';
import { verifyFile } from '@/server/file/verify-file';
import { closeS3 } from '@/server/storage/s3-client';
import { callApi, type Call, makeUploadKey, signInCookie } from '@/tests/fixtures/api-client';
import { prepareSegment, put, sampleContent } from '@/tests/fixtures/send-file';
import * as unknown from '../[...path]/route';
import * as health from '../health/route';
import * as reserve from './cases/[reference]/files/route';
import * as complete from './files/[fileId]/complete/route';
import * as receipt from './files/[fileId]/receipt/route';
import * as file from './files/[fileId]/route';
import * as segments from './files/[fileId]/segments/route';
import * as stored from './files/[fileId]/segments/stored/route';
import * as openapi from './openapi.json/route';

const raw = sampleContent(3000);
const segment = prepareSegment(1, raw);
const reservation = { name: 'heap.hprof', kind: 'heap_dump', sizeBytes: raw.length, encoding: 'raw' };
let customer: SeedUser;
let row: SeedCase;
let cookie: string;

const reserveIn = (reference: string, call: Call) => callApi(reserve.POST, { params: { reference }, json: reservation, ...call });
const ask = (module: { POST: typeof segments.POST }, fileId: string, json: unknown, call: Call = { cookie }) => callApi(module.POST, { params: { fileId }, json, ...call });
const codeOf = async (answer: ReturnType<typeof callApi>) => {
  const { status, body } = await answer;
  return body.code ? `${status} ${body.code}` : String(status);
};
const newFile = async (call: Call = { cookie }) => String((await reserveIn(row.reference, call)).body.fileId);

beforeAll(async () => {
  ({ customer, case: row } = await makeReadyCase());
  cookie = await signInCookie(customer);
});
afterAll(async () => {
  closeS3();
  await closeDb();
});

describe.each(['a browser', 'a machine with an upload key'])('%s', (who) => {
  it('sends a file by the contract alone', async () => {
    const key = await makeUploadKey(row.id, customer.id);
    const call: Call = who === 'a browser' ? { cookie } : { bearer: key.secret };
    const reserved = await reserveIn(row.reference.toLowerCase(), call);
    expect(reserved).toMatchObject({ status: 201, body: { segmentBytes: 32 * 1024 * 1024, maxParallel: 4 } });
    const fileId = String(reserved.body.fileId);

    const { body } = await ask(segments, fileId, { segments: [segment.announced] }, call);
    expect((await put((body.segments as never[])[0] as never, segment.body)).status).toBe(200);
    expect((await ask(stored, fileId, { indexes: [1] }, call)).body).toEqual({ stored: [1], missing: [] });
    const done = await ask(complete, fileId, { segmentCount: 1, rawSha256: segment.announced.rawSha256 }, call);
    expect(done).toMatchObject({ status: 200, body: { state: 'stored', receiptUrl: `http://localhost:3000/api/v1/files/${fileId}/receipt` } });
    expect(await codeOf(callApi(receipt.GET, { method: 'GET', params: { fileId }, ...call }))).toBe('404 not_found');

    await verifyFile({ fileId });
    expect(await callApi(file.GET, { method: 'GET', params: { fileId }, ...call })).toMatchObject({ status: 200, body: { state: 'verified', name: 'heap.hprof', segments: [{ index: 1, state: 'stored' }] } });
    expect(await callApi(receipt.GET, { method: 'GET', params: { fileId }, ...call })).toMatchObject({ status: 200, body: { algorithm: 'Ed25519' } });
    expect(await codeOf(callApi(receipt.GET, { method: 'GET', params: { fileId }, path: '/x?part=name', ...call }))).toBe('422 validation_failed');
    expect(await codeOf(callApi(file.DELETE, { method: 'DELETE', params: { fileId }, ...call }))).toBe('409 file_wrong_state');
  });

  it('abandons an upload, twice as well as once', async () => {
    const key = await makeUploadKey(row.id, customer.id);
    const call: Call = who === 'a browser' ? { cookie } : { bearer: key.secret };
    const fileId = await newFile(call);
    for (const _ of [1, 2]) expect(await codeOf(callApi(file.DELETE, { method: 'DELETE', params: { fileId }, ...call }))).toBe('204');
    expect(await codeOf(ask(segments, fileId, { segments: [segment.announced] }, call))).toBe('409 file_wrong_state');
  });
});

describe('what somebody may not see does not exist for them', () => {
  it('answers the same 404 for a file of another organization, for staff who send, and for an id of nothing', async () => {
    const fileId = await newFile();
    const stranger = await signInCookie(await makeCustomer());
    const support = await signInCookie(await makeStaff('support'));
    const subcontractor = await signInCookie(await makeUser({ role: 'subcontractor' }));
    const calls = (id: string, who: string) => [
      ask(segments, id, { segments: [segment.announced] }, { cookie: who }),
      ask(stored, id, { indexes: [1] }, { cookie: who }),
      ask(complete, id, { segmentCount: 1 }, { cookie: who }),
      callApi(file.DELETE, { method: 'DELETE', params: { fileId: id }, cookie: who }),
      callApi(receipt.GET, { method: 'GET', params: { fileId: id }, cookie: who }),
    ];
    const answers = [...calls(fileId, stranger), ...calls(fileId, support), ...calls(fileId, subcontractor), ...calls(randomUUID(), cookie), ...calls('../../etc/passwd', cookie)];
    for (const answer of answers) expect(await codeOf(answer)).toBe('404 not_found');
    for (const who of [stranger, subcontractor]) expect(await codeOf(callApi(file.GET, { method: 'GET', params: { fileId }, cookie: who }))).toBe('404 not_found');
    expect(await codeOf(callApi(file.GET, { method: 'GET', params: { fileId }, cookie: support }))).toBe('200');
    for (const who of [stranger, support]) expect(await codeOf(reserveIn(row.reference, { cookie: who }))).toBe('404 not_found');
    for (const reference of ['AL-0000-0000', 'AL', "' or 1=1", '%00']) expect(await codeOf(reserveIn(reference, { cookie }))).toBe('404 not_found');
  });

  it('lets an upload key see what is unfinished in its case, what it sent itself, and no other case', async () => {
    const [mine, other] = [await makeUploadKey(row.id, customer.id), await makeUploadKey(row.id, customer.id)];
    const fileId = await newFile({ bearer: mine.secret });
    const status = (id: string, bearer: string) => codeOf(callApi(file.GET, { method: 'GET', params: { fileId: id }, bearer }));
    for (const id of [fileId, await newFile()]) expect(await status(id, other.secret)).toBe('200');
    for (const id of [fileId, await newFile()]) await getDb().diagnosticFile.update({ where: { id }, data: { state: 'abandoned' } });
    expect(await status(fileId, other.secret)).toBe('404 not_found');
    expect(await status(fileId, mine.secret)).toBe('200');
    const second = await makeCase({ openedBy: customer, ndaChoice: 'without' });
    await acceptPolicy({ caseId: second.id, by: customer });
    expect(await codeOf(reserveIn(second.reference, { bearer: mine.secret }))).toBe('404 not_found');
  });

  it('refuses a key that is unknown, malformed, revoked, past its time, or of a closed case', async () => {
    const closed = await makeCase({ openedBy: customer, status: 'closed' });
    const bad = [
      'alk_unknown-but-long-enough', 'short', 'x'.repeat(5000),
      (await makeUploadKey(row.id, customer.id, { revokedAt: new Date() })).secret,
      (await makeUploadKey(row.id, customer.id, { expiresAt: new Date(Date.now() - 1) })).secret,
      (await makeUploadKey(closed.id, customer.id)).secret,
    ];
    for (const bearer of bad) expect(await codeOf(reserveIn(row.reference, { bearer }))).toBe('401 upload_key_invalid');
  });

  it('asks somebody who is not signed in to sign in', async () => {
    expect(await codeOf(reserveIn(row.reference, {}))).toBe('401 unauthenticated');
  });
});

describe('the gate', () => {
  const refusal = async (made: SeedCase, call: Call) => codeOf(reserveIn(made.reference, call));

  it('lets nothing be reserved before the policy is accepted, without a needed NDA, or in a closed case', async () => {
    const opened = await makeCase({ openedBy: customer });
    expect(await refusal(opened, { cookie })).toBe('409 policy_not_accepted');
    const nda = await makeReadyCase({ openedBy: customer, ndaRequired: true });
    expect(await refusal(nda.case, { cookie })).toBe('409 nda_required');
    const closed = await makeReadyCase({ openedBy: customer, status: 'closed' });
    expect(await refusal(closed.case, { cookie })).toBe('409 case_closed');
  });

  it('is asked again before a URL is given: a newer policy, an NDA or a closed case in between end it', async () => {
    const made = (await makeReadyCase({ openedBy: customer })).case;
    const fileId = String((await reserveIn(made.reference, { cookie })).body.fileId);
    const presign = () => codeOf(ask(segments, fileId, { segments: [segment.announced] }));
    expect(await presign()).toBe('200');
    await getDb().case.update({ where: { id: made.id }, data: { ndaRequired: true } });
    expect(await presign()).toBe('409 nda_required');
    await getDb().case.update({ where: { id: made.id }, data: { ndaRequired: false, status: 'closed' } });
    expect(await presign()).toBe('409 case_closed');
    await getDb().case.update({ where: { id: made.id }, data: { status: 'open' } });
    await makePolicyVersion({ version: '2.0', publishedAt: new Date() });
    expect(await presign()).toBe('409 policy_outdated');
    for (const id of [made.id, row.id]) await acceptPolicy({ caseId: id, by: customer });
    expect(await presign()).toBe('200');
  });
});

describe('reserving', () => {
  it('answers a key with the unfinished file that a person gave the same id, and refuses the id once that file is sent', async () => {
    const json = { ...reservation, clientFileId: randomUUID() };
    const key = await makeUploadKey(row.id, customer.id);
    expect(await codeOf(reserveIn(row.reference, { cookie, json }))).toBe('201');
    expect(await codeOf(reserveIn(row.reference, { cookie, json }))).toBe('201');
    const again = await reserveIn(row.reference, { bearer: key.secret, json });
    expect(again.status).toBe(201);
    await getDb().diagnosticFile.update({ where: { id: String(again.body.fileId) }, data: { state: 'abandoned' } });
    expect(await codeOf(reserveIn(row.reference, { bearer: key.secret, json }))).toBe('409 conflict');
  });

  it('ends at the number of files that a case may hold, and files that are gone do not count', async () => {
    const full = (await makeReadyCase({ openedBy: customer })).case;
    const now = new Date();
    const one = { caseId: full.id, name: 'x', safeName: 'x', kind: 'other', encoding: 'raw', segmentBytes: MIN_SEGMENT_BYTES, isSingleObject: true, reservedAt: now, stateAt: now } as const;
    await getDb().diagnosticFile.createMany({ data: Array.from({ length: MAX_FILES_PER_CASE }, (_, at) => ({ ...one, state: at === 0 ? ('abandoned' as const) : ('verified' as const) })) });
    expect(await codeOf(reserveIn(full.reference, { cookie }))).toBe('201');
    expect(await codeOf(reserveIn(full.reference, { cookie }))).toBe('409 too_many_files');
  });
});

describe('bad input', () => {
  it.each([
    ['a negative size', { sizeBytes: -1 }, 'sizeBytes'],
    ['half a byte', { sizeBytes: 1.5 }, 'sizeBytes'],
    ['more than a file may have', { sizeBytes: 64 * 1024 ** 3 + 1 }, 'sizeBytes'],
    ['a size that is no number', { sizeBytes: '10' }, 'sizeBytes'],
    ['no size at all', { sizeBytes: undefined }, 'sizeBytes'],
    ['a path for a name', { name: '../../etc/passwd' }, 'name'],
    ['NUL in a name', { name: 'a\0b' }, 'name'],
    ['a line break in a name', { name: 'a\nb' }, 'name'],
    ['a name of 1,000 characters', { name: 'x'.repeat(1000) }, 'name'],
    ['an empty name', { name: '\u202e' }, 'name'],
    ['an unknown kind', { kind: 'passport' }, 'kind'],
    ['an unknown encoding', { encoding: 'br' }, 'encoding'],
    ['an empty gzip file', { sizeBytes: 0, encoding: 'gzip' }, 'sizeBytes'],
    ['segments of a kilobyte', { segmentBytes: 1024 }, 'segmentBytes'],
    ['a request that does not exist', { requestId: randomUUID() }, 'requestId'],
    ['an unknown field', { admin: true }, ''],
  ])('refuses %s by name', async (_what, change, path) => {
    const answer = await reserveIn(row.reference, { cookie, json: { ...reservation, ...change } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed', errors: [{ path }] } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it('keeps a right-to-left mark and an emoji from posing as something else', async () => {
    const spoofed = await reserveIn(row.reference, { cookie, json: { ...reservation, name: 'dump\u202Efdp.exe 🙂.log' } });
    const fileId = String(spoofed.body.fileId);
    expect((await callApi(file.GET, { method: 'GET', params: { fileId }, cookie })).body.name).toBe('dumpfdp.exe 🙂.log');
    const { body } = await ask(segments, fileId, { segments: [segment.announced] });
    expect(new URL(String((body.segments as { url: string }[])[0]?.url)).pathname).toMatch(/\/dumpfdp\.exe_\.log\.gz$/);
  });

  it('refuses a body that is not JSON, of another type, or of 10 MB', async () => {
    expect(await codeOf(reserveIn(row.reference, { cookie, text: '{"name":' }))).toBe('400 body_not_json');
    expect(await codeOf(reserveIn(row.reference, { cookie, text: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }))).toBe('415 unsupported_media_type');
    expect(await codeOf(reserveIn(row.reference, { cookie, text: JSON.stringify({ ...reservation, name: 'x'.repeat(10_000_000) }) }))).toBe('413 body_too_large');
    expect(await codeOf(reserveIn(row.reference, { cookie, text: '[]' }))).toBe('422 validation_failed');
  });

  it('refuses a request that a page of another site makes', async () => {
    const foreign: Record<string, string>[] = [{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, { origin: 'null' }, { origin: 'http://localhost:3001', 'sec-fetch-site': 'same-site' }];
    for (const headers of foreign) {
      expect(await codeOf(reserveIn(row.reference, { cookie, headers }))).toBe('403 cross_origin');
    }
  });

  it('refuses segments that do not fit, and the same one twice in a call', async () => {
    const fileId = await newFile();
    const presign = (...all: object[]) => codeOf(ask(segments, fileId, { segments: all }));
    expect(await presign(segment.announced, segment.announced)).toBe('422 validation_failed');
    expect(await presign({ ...segment.announced, index: 2 })).toBe('422 segment_out_of_range');
    expect(await presign({ ...segment.announced, rawSizeBytes: raw.length - 1 })).toBe('422 segment_out_of_range');
    expect(await presign({ ...segment.announced, rawSizeBytes: MIN_SEGMENT_BYTES * 100 })).toBe('422 validation_failed');
    expect(await presign({ ...segment.announced, sizeBytes: 10 ** 9 })).toBe('422 validation_failed');
    expect(await presign({ ...segment.announced, sha256: 'ABC' })).toBe('422 validation_failed');
    expect(await presign(segment.announced)).toBe('200');
    expect(await presign({ ...segment.announced, rawSha256: 'a'.repeat(64) })).toBe('409 segment_conflict');
    expect(await codeOf(ask(stored, fileId, { indexes: [] }))).toBe('422 validation_failed');
    expect(await codeOf(ask(stored, fileId, { indexes: [0.5] }))).toBe('422 validation_failed');
  });

  it('says which segments are missing where a file is completed too early', async () => {
    const fileId = await newFile();
    expect(await ask(complete, fileId, { segmentCount: 1 })).toMatchObject({ status: 409, body: { code: 'segments_missing', missing: [1] } });
    expect(await codeOf(ask(complete, fileId, { segmentCount: 2 }))).toBe('422 segment_out_of_range');
    expect(await codeOf(ask(complete, fileId, { segmentCount: 0 }))).toBe('422 validation_failed');
    expect(await codeOf(ask(complete, fileId, { segmentCount: 1, rawSha256: 'no' }))).toBe('422 validation_failed');
  });

  it('answers an address or a method that there is not with a problem', async () => {
    expect(await codeOf(callApi(unknown.GET, { method: 'GET', path: '/api/v2/files' }))).toBe('404 not_found');
    const refused = await callApi(complete.GET, { method: 'GET' });
    expect(refused).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(refused.headers.get('allow')).toBe('POST');
  });

  it('holds no internals in an answer', async () => {
    const { body } = await reserveIn("AL'; drop table", { cookie });
    expect(Object.keys(body).sort()).toEqual(['code', 'detail', 'reference', 'status', 'title', 'type']);
  });
});

it('says that it is well', async () => {
  expect(await callApi(health.GET, { method: 'GET' })).toMatchObject({ status: 200, body: { status: 'ok', database: 'ok', storage: 'ok', migrations: 'ok', worker: { seen: null } } });
});

it('says with 503 that a part is failing, and with 200 that it is well again', async () => {
  const end = (at: Date | null) => getDb().$executeRaw`update _prisma_migrations set finished_at = ${at} where migration_name = (select max(migration_name) from _prisma_migrations)`;
  await end(null);
  expect(await callApi(health.GET, { method: 'GET' })).toMatchObject({ status: 503, body: { status: 'failing', database: 'ok', storage: 'ok', migrations: 'failing' } });
  await end(new Date());
  expect((await callApi(health.GET, { method: 'GET' })).status).toBe(200);
});

it('describes itself', async () => {
  expect(await callApi(openapi.GET, { method: 'GET' })).toMatchObject({ status: 200, body: { openapi: '3.1.0', servers: [{ url: 'http://localhost:3000' }] } });
});
