import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { GetObjectCommand, HeadBucketCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../signature/canonical-request';
import { BUCKET, clientFor, KEYS, sendSignedByHeader, type SignedRequest, startTestServer, type TestServer } from './harness';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

const sendSigned = (request: SignedRequest) => sendSignedByHeader(test, `/${BUCKET}/by-header`, request);

describe('a signature in the header', () => {
  it('is accepted with the hash of the body or without', async () => {
    expect(await sendSigned({ body: 'hello' })).toMatchObject({ status: 200 });
    expect(await sendSigned({ body: 'hello', payloadHash: 'UNSIGNED-PAYLOAD' })).toMatchObject({ status: 200 });
  });

  it.each<[string, SignedRequest, number, string]>([
    ['another body than was hashed', { body: 'hello', payloadHash: sha256Hex('other') }, 400, 'XAmzContentSHA256Mismatch'],
    ['a hash that is none', { payloadHash: 'abc' }, 400, 'InvalidArgument'],
    ['another secret', { secret: 'another' }, 403, 'SignatureDoesNotMatch'],
    ['another region', { region: 'us-east-1' }, 400, 'AuthorizationHeaderMalformed'],
    ['a clock that is 16 minutes behind', { date: new Date(Date.now() - 16 * 60_000) }, 403, 'RequestTimeTooSkewed'],
    ['a clock that is 16 minutes ahead', { date: new Date(Date.now() + 16 * 60_000) }, 403, 'RequestTimeTooSkewed'],
    ['an x-amz header that is not signed', { unsigned: { 'x-amz-meta-a': 'b' } }, 403, 'AccessDenied'],
    ['an authorization of another kind', { unsigned: { authorization: 'AWS AKID:signature' } }, 400, 'InvalidRequest'],
    ['an authorization without its parts', { unsigned: { authorization: 'AWS4-HMAC-SHA256 Credential=a' } }, 400, 'AuthorizationHeaderMalformed'],
    ['a session token', { headers: { 'x-amz-security-token': 'x' } }, 400, 'InvalidToken'],
    ['a chunked transfer without its length', { headers: { 'transfer-encoding': 'chunked' } }, 501, 'NotImplemented'],
    ['aws-chunked without the decoded length', { payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }, 411, 'MissingContentLength'],
    ['an aws-chunked body that is not chunked', { body: 'hello', payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', headers: { 'x-amz-decoded-content-length': '5' } }, 400, 'IncompleteBody'],
    ['aws-chunked with an unsigned chunk', { body: '5\r\nhello\r\n0\r\n\r\n', payloadHash: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', headers: { 'x-amz-decoded-content-length': '5' } }, 403, 'SignatureDoesNotMatch'],
  ])('is refused with %s', async (_what, request, status, code) => {
    expect(await sendSignedByHeader(test, `/${BUCKET}/refused`, request)).toMatchObject({ status, code });
    await expect(test.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'refused' }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('the bodies that the SDK sends by default', () => {
  it('a buffer with CRC-32 in a header, a stream as aws-chunked with a trailer', async () => {
    const s3 = clientFor(test.server.endpoint, { requestChecksumCalculation: 'WHEN_SUPPORTED', responseChecksumValidation: 'WHEN_SUPPORTED' });
    expect((await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'buffer', Body: 'hello' }))).ChecksumCRC32).toBe('NhCmhg==');
    const pieces = Array.from({ length: 40 }, (_, index) => Buffer.alloc(9_999, index));
    const whole = Buffer.concat(pieces);
    const put = await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'stream', Body: Readable.from(pieces), ContentLength: whole.length }));
    expect(put.ETag).toBe(`"${createHash('md5').update(whole).digest('hex')}"`);
    const get = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'stream' }));
    expect(Buffer.from(await get.Body!.transformToByteArray()).equals(whole)).toBe(true);
    expect(get.ContentEncoding).toBeUndefined();
    s3.destroy();
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('with %s', async (algorithm) => {
    const Key = `checksum-${algorithm}`;
    const put = await test.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'hello', ChecksumAlgorithm: algorithm }));
    const head = await test.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key, ChecksumMode: 'ENABLED' }));
    expect(head[`Checksum${algorithm}`]).toBe(put[`Checksum${algorithm}`]);
    expect(head[`Checksum${algorithm}`]).toBeTruthy();
    expect((await test.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key })))[`Checksum${algorithm}`]).toBeUndefined();
  });

  it('from a client with another secret or region is refused', async () => {
    const wrongSecret = clientFor(test.server.endpoint, { credentials: { ...KEYS, secretAccessKey: 'wrong-secret' } });
    await expect(wrongSecret.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'x', Body: 'y' }))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    const wrongRegion = clientFor(test.server.endpoint, { region: 'us-east-1' });
    await expect(wrongRegion.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'x', Body: 'y' }))).rejects.toMatchObject({ name: 'AuthorizationHeaderMalformed' });
    await expect(wrongSecret.send(new HeadBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });
});
