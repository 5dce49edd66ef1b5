import { HeadObjectCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, clientFor, KEYS, presignCall, presignSegment, type RawRequest, send, sha256Base64, startTestServer, type TestServer } from './harness';

let test: TestServer;
let offsetMs = 0;
const body = Buffer.from('one gzip member, or so');

beforeAll(async () => {
  test = await startTestServer({ now: () => new Date(Date.now() + offsetMs) });
});
afterAll(() => test.close());

const storedKeys = async () => ((await test.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).Contents ?? []).map(({ Key }) => Key);

describe('a presigned PUT', () => {
  it('stores exactly what was signed, once', async () => {
    const key = 'AL-7K3M-Q2ZD/file/heap dump ü+&.hprof.gz';
    const { url, headers } = await presignSegment(test.s3, key, body);
    const stored = await send(url, { method: 'PUT', headers, body });
    expect(stored).toMatchObject({ status: 200, text: '' });
    expect(stored.headers).toMatchObject({ 'x-amz-server-side-encryption': 'AES256', 'x-amz-checksum-sha256': sha256Base64(body), 'x-amz-checksum-type': 'FULL_OBJECT' });
    expect(stored.headers['x-amz-request-id']).toMatch(/^[0-9A-F]{16}$/);
    const head = await test.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ContentLength: body.length, ChecksumSHA256: sha256Base64(body), ServerSideEncryption: 'AES256', ContentType: 'application/gzip' });
    const again = await send(url, { method: 'PUT', headers, body });
    expect(again).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect(again.text).toContain('<Condition>If-None-Match</Condition>');
  });

  it('sent ten times at once is stored once, and the others get 412', async () => {
    const { url, headers } = await presignSegment(test.s3, 'race', body);
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(url, { method: 'PUT', headers, body })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(412)]);
  });
});

interface Tampering {
  what: string;
  url?: (url: string) => string;
  headers?: Record<string, string | undefined>;
  request?: RawRequest;
  code: string;
}

const parameter = (name: string, value: string | undefined) => (url: string) =>
  value === undefined ? url.replace(new RegExp(`[&?]${name}=[^&]*`), (found) => (found.startsWith('?') ? '?' : '')) : url.replace(new RegExp(`(${name}=)[^&]*`), `$1${encodeURIComponent(value)}`);
const credential = (change: (parts: string[]) => string[]) => (url: string) => {
  const parts = decodeURIComponent(/X-Amz-Credential=([^&]*)/.exec(url)![1]!).split('/');
  return parameter('X-Amz-Credential', change(parts).join('/'))(url);
};
const differs = 'SignatureDoesNotMatch';
const malformedQuery = 'AuthorizationQueryParametersError';

const TAMPERINGS: Tampering[] = [
  ...['GET', 'HEAD', 'DELETE', 'POST'].map((method) => ({ what: `method ${method}`, request: { method }, code: method === 'HEAD' ? '' : differs })),
  { what: 'another key', url: (url) => url.replace('/tampered', '/tampered2'), code: differs },
  { what: 'a key that climbs', url: (url) => url.replace('/tampered', '/x/../tampered'), code: differs },
  { what: 'another bucket', url: (url) => url.replace(BUCKET, 'other-bucket'), code: differs },
  { what: 'a longer body', headers: { 'content-length': String(body.length + 1) }, request: { body: Buffer.concat([body, Buffer.from('x')]) }, code: differs },
  { what: 'a shorter body', headers: { 'content-length': '1' }, request: { body: body.subarray(0, 1) }, code: differs },
  { what: 'an empty body', headers: { 'content-length': '0' }, request: { body: '' }, code: differs },
  { what: 'another content type', headers: { 'content-type': 'text/html' }, code: differs },
  { what: 'no content type', headers: { 'content-type': undefined }, code: differs },
  { what: 'another checksum', headers: { 'x-amz-checksum-sha256': sha256Base64('other') }, code: differs },
  { what: 'no checksum', headers: { 'x-amz-checksum-sha256': undefined }, code: differs },
  { what: 'another body of the same length', request: { body: Buffer.from(body.toString().toUpperCase()) }, code: 'BadDigest' },
  { what: 'no encryption', headers: { 'x-amz-server-side-encryption': undefined }, code: differs },
  { what: 'other encryption', headers: { 'x-amz-server-side-encryption': 'aws:kms' }, code: differs },
  { what: 'no If-None-Match', headers: { 'if-none-match': undefined }, code: differs },
  { what: 'another If-None-Match', headers: { 'if-none-match': '"etag"' }, code: differs },
  { what: 'another host', headers: { host: 'localhost:1' }, code: differs },
  { what: 'a longer life', url: parameter('X-Amz-Expires', '901'), code: differs },
  { what: 'a life of more than a week', url: parameter('X-Amz-Expires', '604801'), code: malformedQuery },
  { what: 'no life', url: parameter('X-Amz-Expires', '0'), code: malformedQuery },
  { what: 'a negative life', url: parameter('X-Amz-Expires', '-1'), code: malformedQuery },
  { what: 'a life that is no number', url: parameter('X-Amz-Expires', '9e9'), code: malformedQuery },
  { what: 'another second', url: (url) => url.replace(/(X-Amz-Date=\d{8}T\d{5})(\d)Z/, (_all, start: string, digit: string) => `${start}${(Number(digit) + 1) % 10}Z`), code: differs },
  { what: 'another day', url: (url) => url.replace(/X-Amz-Date=\d{8}/, 'X-Amz-Date=20200101'), code: malformedQuery },
  { what: 'a date that is none', url: parameter('X-Amz-Date', 'yesterday'), code: malformedQuery },
  { what: 'an unknown key id', url: credential(([, ...rest]) => ['AKIDUNKNOWN', ...rest]), code: 'InvalidAccessKeyId' },
  { what: 'another region', url: credential(([id, date, , ...rest]) => [id!, date!, 'us-east-1', ...rest]), code: malformedQuery },
  { what: 'another service', url: credential(([id, date, region, , end]) => [id!, date!, region!, 'ec2', end!]), code: malformedQuery },
  { what: 'another terminal', url: credential((parts) => [...parts.slice(0, 4), 'aws5_request']), code: malformedQuery },
  { what: 'a credential that is none', url: parameter('X-Amz-Credential', 'x'), code: malformedQuery },
  { what: 'another signature', url: (url) => url.replace(/(X-Amz-Signature=)(.)/, (_all, name: string, digit: string) => `${name}${digit === 'a' ? 'b' : 'a'}`), code: differs },
  { what: 'a cut signature', url: (url) => url.replace(/(X-Amz-Signature=.{63})./, '$1'), code: differs },
  { what: 'no signature', url: parameter('X-Amz-Signature', undefined), code: malformedQuery },
  { what: 'another algorithm', url: parameter('X-Amz-Algorithm', 'AWS4-HMAC-SHA1'), code: malformedQuery },
  { what: 'fewer signed headers', url: (url) => url.replace('%3Bif-none-match', ''), headers: { 'if-none-match': undefined }, code: differs },
  { what: 'signed headers without host', url: (url) => url.replace('%3Bhost', ''), code: differs },
  { what: 'an added version id', url: (url) => `${url}&versionId=null`, code: differs },
  { what: 'an added sub-resource', url: (url) => `${url}&tagging`, code: differs },
  { what: 'a second expiry', url: (url) => `${url}&X-Amz-Expires=900`, code: malformedQuery },
  { what: 'an added parameter', url: (url) => `${url}&a=b`, code: differs },
  { what: 'an added ACL', headers: { 'x-amz-acl': 'public-read' }, code: 'AccessDenied' },
  { what: 'added metadata', headers: { 'x-amz-meta-a': 'b' }, code: 'AccessDenied' },
  { what: 'a copy source', headers: { 'x-amz-copy-source': '/a/b' }, code: 'AccessDenied' },
  { what: 'an Authorization header beside it', headers: { authorization: 'AWS4-HMAC-SHA256 x' }, code: 'InvalidArgument' },
];

describe('a presigned PUT that was tampered with', () => {
  it.each(TAMPERINGS)('is refused: $what', async ({ url: change = (url) => url, headers: changed = {}, request, code }) => {
    const { url, headers } = await presignSegment(test.s3, 'tampered', body);
    const sent = Object.fromEntries(Object.entries({ ...headers, ...changed }).filter(([, value]) => value !== undefined)) as Record<string, string>;
    const method = request?.method ?? 'PUT';
    const answer = await send(change(url), { method, headers: sent, body, ...request, ...((method === 'HEAD' || method === 'GET') && { body: undefined, headers: { ...sent, 'content-length': '0' } }) });
    expect(answer.code ?? '').toBe(code);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).not.toContain(KEYS.secretAccessKey);
    expect(await storedKeys()).not.toContain('tampered');
  });

  it('with a checksum header sent twice is refused', async () => {
    const { url, headers } = await presignSegment(test.s3, 'tampered', body);
    const checksum = headers['x-amz-checksum-sha256']!;
    expect(await send(url, { method: 'PUT', headers: { ...headers, 'x-amz-checksum-sha256': [checksum, checksum] }, body })).toMatchObject({ code: differs });
  });

  it('names the headers that were not signed', async () => {
    const { url, headers } = await presignSegment(test.s3, 'tampered', body);
    const answer = await send(url, { method: 'PUT', headers: { ...headers, 'x-amz-meta-a': 'b' }, body });
    expect(answer).toMatchObject({ status: 403 });
    expect(answer.text).toContain('<Message>There were headers present in the request which were not signed</Message><HeadersNotSigned>x-amz-meta-a</HeadersNotSigned>');
  });

  it('signed with another secret shows the string to sign, never the secret', async () => {
    const other = clientFor(test.server.endpoint, { credentials: { ...KEYS, secretAccessKey: 'another-secret' } });
    const { url, headers } = await presignSegment(other, 'tampered', body);
    const answer = await send(url, { method: 'PUT', headers, body });
    expect(answer).toMatchObject({ status: 403, code: differs });
    expect(answer.text).toContain('<StringToSign>AWS4-HMAC-SHA256');
    expect(answer.text).toContain('<CanonicalRequest>PUT');
    expect(answer.text).not.toContain(KEYS.secretAccessKey);
  });
});

describe('the life of a presigned URL', () => {
  it('ends at its second, and not before', async () => {
    const { url, headers } = await presignSegment(test.s3, 'late', body, { expiresIn: 60 });
    offsetMs = 62_000;
    const late = await send(url, { method: 'PUT', headers, body });
    expect(late).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(late.text).toContain('<Message>Request has expired</Message><X-Amz-Expires>60</X-Amz-Expires>');
    offsetMs = 0;
    expect(await send(url, { method: 'PUT', headers, body })).toMatchObject({ status: 200 });
  });

  it('does not begin in the future', async () => {
    const { url, headers } = await presignSegment(test.s3, 'early', body, { signingDate: new Date(Date.now() + 16 * 60_000) });
    expect(await send(url, { method: 'PUT', headers, body })).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('covers GET and HEAD with their response overrides', async () => {
    const { url, headers } = await presignSegment(test.s3, 'read me', body);
    await send(url, { method: 'PUT', headers, body });
    const disposition = 'attachment; filename="ü.gz"';
    const get = await presignCall(test.s3, new GetObjectCommand({ Bucket: BUCKET, Key: 'read me', ResponseContentDisposition: disposition }));
    const answer = await send(get);
    expect(answer).toMatchObject({ status: 200, text: body.toString() });
    expect(Buffer.from(answer.headers['content-disposition']!, 'latin1').toString('utf8')).toBe(disposition);
    expect(await send(get, { method: 'HEAD' })).toMatchObject({ status: 403 });
    const split = await presignCall(test.s3, new GetObjectCommand({ Bucket: BUCKET, Key: 'read me', ResponseContentType: 'a\r\nset-cookie: b' }));
    expect(await send(split)).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });

  it('is needed: without a signature everything is refused', async () => {
    for (const path of ['/', `/${BUCKET}`, `/${BUCKET}/late`, '/no-such-bucket/key']) expect(await send(test.url(path))).toMatchObject({ status: 403, code: 'AccessDenied' });
  });
});
