import { DeleteObjectCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand, type ListObjectVersionsCommandInput, PutBucketVersioningCommand, PutObjectCommand, type S3ServiceException } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, presignCall, send, startTestServer, type TestServer } from './harness';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

const versioning = (Status: 'Enabled' | 'Suspended') => test.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status } }));
const put = async (Key: string, Body: string) => (await test.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }))).VersionId;
const remove = (Key: string, VersionId?: string) => test.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key, VersionId }));
const read = async (Key: string, VersionId?: string) => (await test.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key, VersionId }))).Body!.transformToString();
const list = (input: Partial<ListObjectVersionsCommandInput> = {}) => test.s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET, ...input }));

async function everyVersion(input: Partial<ListObjectVersionsCommandInput> = {}): Promise<string[]> {
  const found: string[] = [];
  let markers: Partial<ListObjectVersionsCommandInput> = {};
  for (;;) {
    const page = await list({ ...input, ...markers });
    for (const version of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) found.push(`${version.Key}@${version.VersionId}`);
    if (!page.IsTruncated) return found;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

describe('a bucket without versioning', () => {
  it('replaces and deletes for good', async () => {
    expect(await put('a', 'one')).toBeUndefined();
    await put('a', 'two');
    expect(await read('a')).toBe('two');
    expect(await read('a', 'null')).toBe('two');
    expect(await everyVersion()).toEqual(['a@null']);
    const removed = await remove('a');
    expect([removed.DeleteMarker, removed.VersionId]).toEqual([undefined, undefined]);
    expect(await remove('a')).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    expect(await everyVersion()).toEqual([]);
  });
});

describe('a bucket with versioning', () => {
  beforeEach(() => versioning('Enabled'));

  it('keeps each version, newest first', async () => {
    const [one, two] = [await put('a', 'one'), await put('a', 'two')];
    expect([await read('a'), await read('a', one), await read('a', two)]).toEqual(['two', 'one', 'two']);
    const { Versions } = await list();
    expect(Versions!.map(({ VersionId, IsLatest, Size }) => [VersionId, IsLatest, Size])).toEqual([[two, true, 3], [one, false, 3]]);
  });

  it('hides a deleted object behind a delete marker, and brings it back without the marker', async () => {
    const one = await put('a', 'one');
    const marker = await remove('a');
    expect(marker.DeleteMarker).toBe(true);
    const gone = await test.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a' })).catch((error: S3ServiceException) => error);
    expect(gone).toMatchObject({ name: 'NotFound' });
    const answer = await send(await presignCall(test.s3, new GetObjectCommand({ Bucket: BUCKET, Key: 'a' })));
    expect(answer).toMatchObject({ status: 404, code: 'NoSuchKey', headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.VersionId } });
    await expect(read('a', marker.VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    expect((await test.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).KeyCount).toBe(0);
    const { Versions, DeleteMarkers } = await list();
    expect(DeleteMarkers).toMatchObject([{ Key: 'a', VersionId: marker.VersionId, IsLatest: true }]);
    expect(Versions).toMatchObject([{ Key: 'a', VersionId: one, IsLatest: false }]);
    expect(await remove('a', marker.VersionId)).toMatchObject({ DeleteMarker: true, VersionId: marker.VersionId });
    expect(await read('a')).toBe('one');
  });

  it('takes If-None-Match: * again once a delete marker is the current version', async () => {
    await put('a', 'one');
    await remove('a');
    await test.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'two', IfNoneMatch: '*' }));
    expect(await everyVersion()).toHaveLength(3);
  });

  it('deletes a version for good', async () => {
    const [one, two] = [await put('a', 'one'), await put('a', 'two')];
    const removed = await remove('a', two);
    expect([removed.VersionId, removed.DeleteMarker]).toEqual([two, undefined]);
    expect(await read('a')).toBe('one');
    await expect(read('a', two)).rejects.toMatchObject({ name: 'NoSuchVersion' });
    expect(await remove('a', two)).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    await remove('a', one);
    expect(await everyVersion()).toEqual([]);
    await expect(remove('a', 'no-version')).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  it('refuses a DELETE whose If-Match does not hold', async () => {
    await put('a', 'one');
    await expect(test.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'a', IfMatch: '"00"' }))).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await read('a')).toBe('one');
  });

  it('deletes many at once, versions and markers, quietly or not', async () => {
    const [one, two] = [await put('a', 'one'), await put('b', 'two')];
    const many = (Objects: Array<{ Key: string; VersionId?: string }>, Quiet = false) => test.s3.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects, Quiet } }));
    const loud = await many([{ Key: 'a' }, { Key: 'b', VersionId: two }, { Key: 'nothing', VersionId: one }, { Key: 'a', VersionId: 'bad' }]);
    expect(loud.Deleted).toMatchObject([{ Key: 'a', DeleteMarker: true }, { Key: 'b', VersionId: two }, { Key: 'nothing', VersionId: one }]);
    expect(loud.Errors).toMatchObject([{ Key: 'a', VersionId: 'bad', Code: 'InvalidArgument' }]);
    const marker = loud.Deleted![0]!.DeleteMarkerVersionId!;
    const quiet = await many([{ Key: 'a', VersionId: marker }, { Key: 'a', VersionId: one }], true);
    expect([quiet.Deleted, quiet.Errors]).toEqual([undefined, undefined]);
    expect(await everyVersion()).toEqual([]);
  });

  it('pages through versions and markers, each exactly once', async () => {
    const expected: string[] = [];
    for (const key of ['a', 'b/1', 'b/2', 'c']) {
      for (const body of ['1', '2', '3']) expected.push(`${key}@${await put(key, body)}`);
      expected.push(`${key}@${(await remove(key)).VersionId}`);
    }
    for (const MaxKeys of [1, 2, 3, 5, 16, 1000]) expect((await everyVersion({ MaxKeys })).sort()).toEqual([...expected].sort());
    expect(await everyVersion({ Prefix: 'b/', MaxKeys: 3 })).toHaveLength(8);
    const grouped = await list({ Delimiter: '/' });
    expect(grouped.CommonPrefixes).toEqual([{ Prefix: 'b/' }]);
    expect(grouped.Versions).toHaveLength(6);
    const second = await list({ Delimiter: '/', MaxKeys: 5 });
    expect(second).toMatchObject({ IsTruncated: true, NextKeyMarker: 'b/', CommonPrefixes: [{ Prefix: 'b/' }] });
    expect((await list({ Delimiter: '/', KeyMarker: 'b/' })).Versions!.every(({ Key }) => Key === 'c')).toBe(true);
  });

  it('goes on after a page whose versions were all deleted in the meantime', async () => {
    for (const body of ['1', '2', '3', '4', '5']) await put('a', body);
    let erased = 0;
    let markers = {};
    for (;;) {
      const page = await list({ MaxKeys: 2, ...markers });
      for (const { Key, VersionId } of page.Versions ?? []) {
        await remove(Key!, VersionId);
        erased += 1;
      }
      if (!page.IsTruncated) break;
      markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    expect(erased).toBe(5);
    expect(await everyVersion()).toEqual([]);
  });

  it('refuses markers and counts that cannot be', async () => {
    await expect(list({ VersionIdMarker: 'null' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(list({ KeyMarker: 'a', VersionIdMarker: 'x' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(list({ MaxKeys: -1 })).rejects.toMatchObject({ name: 'InvalidArgument' });
    expect(await list({ MaxKeys: 0 })).toMatchObject({ IsTruncated: false });
    expect((await list({ MaxKeys: 5000 })).MaxKeys).toBe(1000);
  });
});

describe('a bucket whose versioning was suspended', () => {
  it('writes the null version, replaces only that, and deletes to a null marker', async () => {
    await put('a', 'before');
    await versioning('Enabled');
    const kept = await put('a', 'kept');
    await versioning('Suspended');
    expect(await put('a', 'after')).toBe('null');
    expect(await put('a', 'after 2')).toBe('null');
    expect(await everyVersion()).toEqual(['a@null', `a@${kept}`]);
    expect(await read('a')).toBe('after 2');
    expect(await remove('a')).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
    const { Versions, DeleteMarkers } = await list();
    expect(Versions!.map(({ VersionId }) => VersionId)).toEqual([kept]);
    expect(DeleteMarkers).toMatchObject([{ VersionId: 'null', IsLatest: true }]);
  });
});
