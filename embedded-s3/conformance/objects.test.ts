import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { DeleteObjectCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, presignCall, send, startTestServer, type TestServer } from './harness';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

const put = (Key: string, Body: string, rest: Partial<PutObjectCommandInput> = {}) => test.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ContentLength: Buffer.byteLength(Body), ...rest }));
const get = async (Key: string, rest: object = {}) => {
  const answer = await test.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...rest }));
  return { ...answer, text: await answer.Body!.transformToString() };
};
const head = (Key: string, rest: object = {}) => test.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key, ...rest }));
const md5 = (text: string) => createHash('md5').update(text).digest();

describe('an object', () => {
  it('comes back with what it was given', async () => {
    const sent = await put('given', 'hello', {
      ContentType: 'text/plain; charset=utf-8',
      ContentDisposition: 'attachment',
      ContentEncoding: 'gzip',
      CacheControl: 'no-store',
      ContentLanguage: 'de',
      Metadata: { 'raw-size': '17', note: 'a  b' },
      ServerSideEncryption: 'AES256',
    });
    expect(sent.ETag).toBe(`"${md5('hello').toString('hex')}"`);
    const got = await get('given');
    expect(got).toMatchObject({
      text: 'hello',
      ContentLength: 5,
      ContentType: 'text/plain; charset=utf-8',
      ContentDisposition: 'attachment',
      ContentEncoding: 'gzip',
      CacheControl: 'no-store',
      ContentLanguage: 'de',
      Metadata: { 'raw-size': '17', note: 'a  b' },
      ServerSideEncryption: 'AES256',
      AcceptRanges: 'bytes',
      ETag: sent.ETag,
    });
    expect(Math.abs(Date.now() - got.LastModified!.getTime())).toBeLessThan(600_000);
    expect(await head('given')).toMatchObject({ ContentLength: 5, ETag: sent.ETag, ServerSideEncryption: 'AES256' });
  });

  it('is encrypted and typed by default, and may be empty', async () => {
    await put('empty', '');
    expect(await get('empty')).toMatchObject({ text: '', ContentLength: 0, ContentType: 'application/octet-stream', ServerSideEncryption: 'AES256' });
    const answer = await send(await presignCall(test.s3, new PutObjectCommand({ Bucket: BUCKET, Key: 'untyped' })), { method: 'PUT', headers: { 'content-length': '1' }, body: 'x' });
    expect(answer.status).toBe(200);
    expect(await head('untyped')).toMatchObject({ ContentType: 'binary/octet-stream' });
  });

  it('that is not there is NoSuchKey', async () => {
    await expect(get('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(head('nothing')).rejects.toMatchObject({ name: 'NotFound' });
    await expect(test.s3.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'a' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(get('nothing', { VersionId: '../../x' })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('what a PUT may ask for', () => {
  it.each<[string, Partial<PutObjectCommandInput>, string]>([
    ['KMS', { ServerSideEncryption: 'aws:kms' }, 'NotImplemented'],
    ['unknown encryption', { ServerSideEncryption: 'ROT13' as 'AES256' }, 'InvalidEncryptionAlgorithmError'],
    ['a customer key', { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'a'.repeat(32) }, 'NotImplemented'],
    ['a public ACL', { ACL: 'public-read' }, 'AccessControlListNotSupported'],
    ['another storage class', { StorageClass: 'GLACIER' }, 'NotImplemented'],
    ['tags', { Tagging: 'a=b' }, 'NotImplemented'],
    ['a lock', { ObjectLockLegalHoldStatus: 'ON' }, 'NotImplemented'],
    ['If-None-Match with an ETag', { IfNoneMatch: '"abc"' }, 'NotImplemented'],
    ['a wrong MD5', { ContentMD5: md5('other').toString('base64') }, 'BadDigest'],
    ['an MD5 that is none', { ContentMD5: 'abc' }, 'InvalidDigest'],
    ['a wrong SHA-256', { ChecksumSHA256: createHash('sha256').update('other').digest('base64') }, 'BadDigest'],
    ['a wrong CRC-32', { ChecksumCRC32: 'AAAAAA==' }, 'BadDigest'],
    ['a SHA-256 in hex', { ChecksumSHA256: createHash('sha256').update('hello').digest('hex') }, 'InvalidRequest'],
    ['a CRC-32 that is too long', { ChecksumCRC32: 'AAAAAAAA' }, 'InvalidRequest'],
    ['two checksums', { ChecksumCRC32: 'NhCmhg==', ChecksumSHA1: 'qvTGHdzF6KLavt4PO0gs2a6pQ00=' }, 'InvalidRequest'],
    ['3 KB of metadata', { Metadata: { a: 'x'.repeat(3000) } }, 'MetadataTooLarge'],
    ['If-Match on nothing', { IfMatch: '"abc"' }, 'NoSuchKey'],
  ])('is refused: %s', async (_what, input, name) => {
    await expect(put('refused', 'hello', input)).rejects.toMatchObject({ name });
    await expect(head('refused')).rejects.toMatchObject({ name: 'NotFound' });
    expect(await readdir(`${test.dataDir}/temporary`)).toEqual([]);
  });

  it('is kept: right digests, and conditions that hold', async () => {
    const { ETag } = await put('conditional', 'hello', { ContentMD5: md5('hello').toString('base64'), IfNoneMatch: '*' });
    await expect(put('conditional', 'again', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put('conditional', 'again', { IfMatch: '"00"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await put('conditional', 'again', { IfMatch: ETag });
    expect((await get('conditional')).text).toBe('again');
  });
});

describe('reading with conditions', () => {
  it('answers 304 and 412 as RFC 9110 says', async () => {
    const { ETag } = await put('read', 'hello');
    const modified = (await head('read')).LastModified!;
    const before = new Date(modified.getTime() - 1000);
    expect((await get('read', { IfMatch: ETag, IfNoneMatch: '"x"', IfModifiedSince: before, IfUnmodifiedSince: modified })).text).toBe('hello');
    for (const condition of [{ IfNoneMatch: ETag }, { IfModifiedSince: modified }, { IfNoneMatch: '*' }]) {
      await expect(get('read', condition)).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
      await expect(head('read', condition)).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    }
    for (const condition of [{ IfMatch: '"x"' }, { IfUnmodifiedSince: before }]) await expect(get('read', condition)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });
});

describe('ranges', () => {
  const text = '0123456789';

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=5-999', '56789', 'bytes 5-9/10'],
    ['bytes=-999', text, 'bytes 0-9/10'],
  ])('%s is a part', async (Range, expected, ContentRange) => {
    await put('range', text, { ChecksumAlgorithm: 'SHA256' });
    const got = await get('range', { Range, ChecksumMode: 'ENABLED' });
    expect(got).toMatchObject({ text: expected, ContentRange, $metadata: { httpStatusCode: 206 } });
    expect(Boolean(got.ChecksumSHA256)).toBe(expected === text);
  });

  it.each(['bytes=5-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=', 'bytes=-'])('%s is none: the whole comes', async (Range) => {
    await put('range', text);
    expect(await get('range', { Range })).toMatchObject({ text, $metadata: { httpStatusCode: 200 } });
  });

  it('outside the object is 416', async () => {
    await put('range', text);
    await put('range-empty', '');
    for (const [Key, Range] of [['range', 'bytes=10-'], ['range', 'bytes=-0'], ['range-empty', 'bytes=0-'], ['range-empty', 'bytes=-1']]) {
      await expect(test.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key, Range }))).rejects.toMatchObject({ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } });
    }
  });
});

describe('odd keys', () => {
  const KEYS = ['..', '../../../etc/passwd', 'a/../b', './a', '/leading', '//', 'a//b', 'trailing/', 'with space', 'plus+and%2F', 'ünïcødé', 'e\u0301', '日本語/ファイル', '😀', 'a\nb', 'tab\there', '\u0001\u001f\u007f', '"<&>\'', '\u202Egnp.exe', 'C:\\a', 'nul\u0000byte', '?x=y#z', '*', '~', 'x'.repeat(1024), 'ü'.repeat(512)];

  it.each(KEYS.map((key) => [key]))('%j is a key like any other', async (key) => {
    await put(key, `content of ${key}`);
    expect((await get(key)).text).toBe(`content of ${key}`);
    const listed = await test.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: key }));
    const encoded = await test.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: key, EncodingType: 'url' }));
    expect(listed.Contents!.map(({ Key }) => Key)).toContain(key);
    expect(encoded.Contents!.map(({ Key }) => decodeURIComponent(Key!))).toContain(key);
  });

  it('none of them leaves the folder of the server or names a file in it', async () => {
    const files = await readdir(test.dataDir, { recursive: true });
    for (const file of files) expect(file).toMatch(/^(lock\.json|temporary|buckets(\/conformance-bucket(\/bucket\.json|\/(blobs|versions)(\/[0-9a-f]{2}(\/[0-9a-f]{32,64}(-(null|[0-9a-f]{32})\.json)?)?)?)?)?)$/);
  });

  it('are deleted by name, one by one or together', async () => {
    const [first, ...rest] = KEYS;
    await test.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: first }));
    const deleted = await test.s3.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: rest.map((Key) => ({ Key })) } }));
    expect(deleted.Errors).toBeUndefined();
    expect(deleted.Deleted).toHaveLength(rest.length);
    const left = ((await test.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).Contents ?? []).map(({ Key }) => Key);
    expect(KEYS.filter((key) => left.includes(key))).toEqual([]);
  });

  it('of more than 1,024 bytes are too long', async () => {
    for (const key of ['x'.repeat(1025), 'ü'.repeat(513)]) await expect(put(key, 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });

  it('that are not UTF-8 cannot be parsed', async () => {
    for (const path of ['%ff', '%', '%zz', 'a%C3']) expect(await send(test.url(`/${BUCKET}/${path}`))).toMatchObject({ status: 400, code: 'InvalidURI' });
  });
});
