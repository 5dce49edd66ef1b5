import { createHash } from 'node:crypto';
import { ListObjectsV2Command, type ListObjectsV2CommandInput, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, sendSignedByHeader, startTestServer, type TestServer } from './harness';

let test: TestServer;
const KEYS = ['a', 'a/1', 'a/2', 'a/b/3', 'b&<c>', 'logs/1', 'logs/2', 'logs/3', 'z', 'ü/1', '\uFF21', '😀/1', '😀/2'];

beforeAll(async () => {
  test = await startTestServer();
  for (const Key of [...KEYS].reverse()) await test.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }));
});
afterAll(() => test.close());

const list = (input: Partial<ListObjectsV2CommandInput> = {}) => test.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, ...input }));

async function pages(input: Partial<ListObjectsV2CommandInput>): Promise<string[][]> {
  const found: string[][] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await list({ ...input, ContinuationToken });
    found.push([...(page.Contents ?? []).map(({ Key }) => Key!), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!)]);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return found;
}

describe('ListObjectsV2', () => {
  it('lists in the order of UTF-8 bytes', async () => {
    const answer = await list();
    expect(answer.Contents!.map(({ Key }) => Key)).toEqual(KEYS);
    expect(answer).toMatchObject({ KeyCount: KEYS.length, MaxKeys: 1000, IsTruncated: false, Name: BUCKET, Prefix: '' });
    expect(answer.Contents![0]).toMatchObject({ Size: 1, StorageClass: 'STANDARD', ETag: `"${createHash('md5').update('a').digest('hex')}"` });
  });

  it.each([1, 2, 3, 5, KEYS.length])('pages by %i, each key once and in order', async (MaxKeys) => {
    const found = await pages({ MaxKeys });
    expect(found.flat()).toEqual(KEYS);
    expect(found).toHaveLength(Math.ceil(KEYS.length / MaxKeys));
  });

  it.each([1, 2, 3, 100])('groups by delimiter, in pages of %i', async (MaxKeys) => {
    const found = (await pages({ Delimiter: '/', MaxKeys })).flat();
    expect([...found].sort()).toEqual(['a', 'a/', 'b&<c>', 'logs/', 'z', 'ü/', '\uFF21', '😀/'].sort());
  });

  it('narrows by prefix, and groups below it', async () => {
    expect((await pages({ Prefix: 'logs/' })).flat()).toEqual(['logs/1', 'logs/2', 'logs/3']);
    expect((await pages({ Prefix: 'a/', Delimiter: '/' })).flat()).toEqual(['a/1', 'a/2', 'a/b/']);
    expect((await list({ Prefix: 'nothing' })).KeyCount).toBe(0);
    expect((await pages({ Delimiter: 'ogs/' })).flat()).toContain('logs/');
  });

  it('starts after a key, there or not', async () => {
    expect((await pages({ StartAfter: 'logs/2' })).flat()[0]).toBe('logs/3');
    expect((await pages({ StartAfter: 'logs/25' })).flat()[0]).toBe('logs/3');
    expect((await pages({ StartAfter: '\u{10FFFF}' })).flat()).toEqual([]);
    expect((await pages({ StartAfter: 'a', Prefix: 'logs/', MaxKeys: 2 })).flat()).toEqual(['logs/1', 'logs/2', 'logs/3']);
  });

  it('encodes keys where it is asked to', async () => {
    const answer = await list({ EncodingType: 'url', Prefix: 'ü/', Delimiter: '/' });
    expect(answer).toMatchObject({ EncodingType: 'url', Prefix: '%C3%BC/', Contents: [{ Key: '%C3%BC/1' }] });
    await expect(list({ EncodingType: 'base64' as 'url' })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  it('takes only its own tokens and sane counts', async () => {
    await expect(list({ ContinuationToken: 'bm90IG1pbmU' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(list({ MaxKeys: -1 })).rejects.toMatchObject({ name: 'InvalidArgument' });
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
    expect(await list({ MaxKeys: 9999 })).toMatchObject({ MaxKeys: 1000 });
  });
});

describe('DeleteObjects', () => {
  const postDelete = (body: string, headers: Record<string, string>) => sendSignedByHeader(test, `/${BUCKET}?delete`, { method: 'POST', body, headers });
  const md5 = (body: string) => ({ 'content-md5': createHash('md5').update(body).digest('base64') });
  const xmlFor = (count: number) => `<Delete>${Array.from({ length: count }, (_, index) => `<Object><Key>none-${index}</Key></Object>`).join('')}</Delete>`;

  it('takes a thousand keys and not one more', async () => {
    const thousand = xmlFor(1000);
    expect(await postDelete(thousand, md5(thousand))).toMatchObject({ status: 200 });
    const more = xmlFor(1001);
    expect(await postDelete(more, md5(more))).toMatchObject({ status: 400, code: 'MalformedXML' });
  });

  it.each(['', '<Delete/>', '<Delete><Object/></Delete>', '<Delete><Object><Key>a</Key><Key>b</Key></Object></Delete>', '<Other/>', '{"Objects": []}', '<Delete><Quiet>perhaps</Quiet><Object><Key>a</Key></Object></Delete>'])(
    'refuses %j',
    async (body) => {
      expect(await postDelete(body, md5(body))).toMatchObject({ status: 400, code: 'MalformedXML' });
    },
  );

  it('wants the body bound by a digest that fits', async () => {
    const body = xmlFor(1);
    expect(await postDelete(body, {})).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(await postDelete(body, md5('other'))).toMatchObject({ status: 400, code: 'BadDigest' });
  });

  it('refuses a body of many megabytes', async () => {
    const body = `<Delete>${' '.repeat(5_000_000)}</Delete>`;
    expect(await postDelete(body, md5(body))).toMatchObject({ status: 400, code: 'MaxMessageLengthExceeded' });
  });
});
