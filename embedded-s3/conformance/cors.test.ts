import { type CORSRule, DeleteBucketCorsCommand, GetBucketCorsCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, presignSegment, send, startTestServer, type TestServer } from './harness';

let test: TestServer;
const ORIGIN = 'http://localhost:3000';
const RULE: CORSRule = {
  ID: 'portal',
  AllowedOrigins: [ORIGIN, 'https://*.example.org'],
  AllowedMethods: ['PUT'],
  AllowedHeaders: ['content-type', 'x-amz-*', 'If-None-Match'],
  ExposeHeaders: ['ETag', 'x-amz-checksum-sha256'],
  MaxAgeSeconds: 3000,
};
const putRules = (...CORSRules: CORSRule[]) => test.s3.send(new PutBucketCorsCommand({ Bucket: BUCKET, CORSConfiguration: { CORSRules } }));
const preflight = (headers: Record<string, string>, path = `/${BUCKET}/any/key?X-Amz-Signature=x`) => send(test.url(path), { method: 'OPTIONS', headers });

beforeAll(async () => {
  test = await startTestServer();
  await putRules(RULE);
});
afterAll(() => test.close());

describe('a preflight', () => {
  it('that a rule allows is answered with that rule, without a signature', async () => {
    const answer = await preflight({ origin: ORIGIN, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'Content-Type, x-amz-checksum-sha256,if-none-match' });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'content-type, x-amz-checksum-sha256, if-none-match',
      'access-control-expose-headers': 'ETag, x-amz-checksum-sha256',
      'access-control-max-age': '3000',
      'access-control-allow-credentials': 'true',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['another origin', { origin: 'http://localhost:3001' }],
    ['an origin that only ends alike', { origin: 'http://evil.example.org' }],
    ['another method', { 'access-control-request-method': 'DELETE' }],
    ['another header', { 'access-control-request-headers': 'content-type, authorization' }],
  ])('for %s is refused', async (_what, headers) => {
    const answer = await preflight({ origin: ORIGIN, 'access-control-request-method': 'PUT', ...headers });
    expect(answer).toMatchObject({ status: 403, code: 'AccessForbidden' });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.text).toContain('<ResourceType>OBJECT</ResourceType>');
  });

  it('by wildcard names the origin that asked', async () => {
    const answer = await preflight({ origin: 'https://support.example.org', 'access-control-request-method': 'PUT' });
    expect(answer.headers['access-control-allow-origin']).toBe('https://support.example.org');
  });

  it('that is none is a bad request', async () => {
    expect(await preflight({ 'access-control-request-method': 'PUT' })).toMatchObject({ status: 400, code: 'BadRequest' });
    expect(await preflight({ origin: ORIGIN })).toMatchObject({ status: 400, code: 'BadRequest' });
    expect(await preflight({ origin: ORIGIN, 'access-control-request-method': 'TRACE' })).toMatchObject({ status: 400, code: 'BadRequest' });
  });

  it('to a bucket that is not there, or has no rules, is refused', async () => {
    const answer = await preflight({ origin: ORIGIN, 'access-control-request-method': 'PUT' }, '/no-such-bucket/key');
    expect(answer).toMatchObject({ status: 403, code: 'AccessForbidden' });
    expect(answer.text).toContain('CORS is not enabled for this bucket');
  });
});

describe('an actual request from another origin', () => {
  const body = Buffer.from('segment');

  it('carries what a page may read, when it succeeds and when it is refused', async () => {
    const { url, headers } = await presignSegment(test.s3, 'cors', body);
    for (const [status, target] of [[200, url], [412, url], [403, url.replace('/cors', '/other')]] as const) {
      const answer = await send(target, { method: 'PUT', headers: { ...headers, origin: ORIGIN }, body });
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject({ 'access-control-allow-origin': ORIGIN, 'access-control-expose-headers': 'ETag, x-amz-checksum-sha256' });
      expect(answer.headers.vary).toContain('Origin');
    }
  });

  it('that no rule allows carries nothing, and neither does one without an origin', async () => {
    const { url, headers } = await presignSegment(test.s3, 'cors', body);
    for (const origin of [{}, { origin: 'http://localhost:1' }]) {
      const answer = await send(url, { method: 'PUT', headers: { ...headers, ...origin }, body });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('for any origin is answered with a star and without credentials', async () => {
    await putRules({ AllowedOrigins: ['*'], AllowedMethods: ['PUT'] });
    const { url, headers } = await presignSegment(test.s3, 'cors', body);
    const answer = await send(url, { method: 'PUT', headers: { ...headers, origin: 'https://a.example' }, body });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    await putRules(RULE);
  });
});

describe('the CORS configuration', () => {
  it('is given back as it was put', async () => {
    expect((await test.s3.send(new GetBucketCorsCommand({ Bucket: BUCKET }))).CORSRules).toEqual([RULE]);
  });

  it.each<[string, Partial<CORSRule>]>([
    ['an unknown method', { AllowedMethods: ['PATCH'] }],
    ['two wildcards in an origin', { AllowedOrigins: ['http://*.*'] }],
    ['two wildcards in a header', { AllowedHeaders: ['**'] }],
    ['a wildcard in an exposed header', { ExposeHeaders: ['x-amz-*'] }],
  ])('is refused with %s', async (_what, change) => {
    await expect(putRules({ ...RULE, ...change })).rejects.toMatchObject({ name: 'InvalidRequest' });
  });

  it('can be taken away', async () => {
    await test.s3.send(new DeleteBucketCorsCommand({ Bucket: BUCKET }));
    await expect(test.s3.send(new GetBucketCorsCommand({ Bucket: BUCKET }))).rejects.toMatchObject({ name: 'NoSuchCORSConfiguration' });
    await putRules(RULE);
  });
});
