import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bucket } from './bucket';
import { receiveBody } from './receive-body';
import { Store } from './store';

// Every write is synced to the disk, which a loaded machine may take its time for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let damage: string[];
const now = new Date('2026-01-01T00:00:00Z');

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'embedded-s3-'));
  damage = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => Store.open(folder, (message) => damage.push(message));
async function* bytesOf(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}
const receive = (store: Store, text: string) => receiveBody(store.temporaryFolder, bytesOf(text), { sha256Hex: false, checksum: undefined });
const metadata = { contentType: 'a/b', systemHeaders: {}, userMetadata: {} };
async function put(store: Store, bucket: Bucket, key: string, text: string) {
  return bucket.put({ key, body: await receive(store, text), metadata, checksum: undefined, now, precondition: () => undefined });
}
async function filesBelow(part: string): Promise<string[]> {
  const entries = await readdir(path.join(folder, part), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

describe('after a crash', () => {
  it('what was stored is there, and leftovers are swept', async () => {
    const store = await open();
    const bucket = await store.create('bucket', now);
    await put(store, bucket, 'kept', 'kept content');
    await receive(store, 'a body whose sidecar was never written');
    await mkdir(path.join(folder, 'temporary', 'half-made-bucket', 'blobs'), { recursive: true });
    await mkdir(path.join(folder, 'buckets', 'bucket', 'blobs', 'ff'), { recursive: true });
    await writeFile(path.join(folder, 'buckets', 'bucket', 'blobs', 'ff', 'ff'.repeat(16)), 'bytes whose sidecar was never written');
    await store.close();

    const again = await open();
    expect(again.get('bucket').index.keys()).toEqual(['kept']);
    expect(await filesBelow('temporary')).toEqual([]);
    expect(await filesBelow('buckets/bucket/blobs')).toHaveLength(1);
    expect(damage).toEqual([]);
    await again.close();
  });

  it('the bytes of a replaced object are swept with it', async () => {
    const store = await open();
    const bucket = await store.create('bucket', now);
    for (const text of ['one', 'two', 'three']) await put(store, bucket, 'a', text);
    const [blob] = await filesBelow('buckets/bucket/blobs');
    expect(await readFile(blob!, 'utf8')).toBe('three');
    expect(await filesBelow('buckets/bucket/versions')).toHaveLength(1);
    await bucket.deleteCurrent('a', now);
    expect([await filesBelow('buckets/bucket/blobs'), await filesBelow('buckets/bucket/versions')]).toEqual([[], []]);
    await store.close();
  });

  it('a version whose bytes are cut or whose sidecar is no sidecar is reported and removed', async () => {
    const store = await open();
    const bucket = await store.create('bucket', now);
    await put(store, bucket, 'whole', 'whole');
    await put(store, bucket, 'cut', 'cut in two');
    const object = bucket.currentObject('cut')!;
    await truncate(path.join(folder, 'buckets', 'bucket', 'blobs', object.blob.slice(0, 2), object.blob), 3);
    await mkdir(path.join(folder, 'buckets', 'bucket', 'versions', '00'), { recursive: true });
    await writeFile(path.join(folder, 'buckets', 'bucket', 'versions', '00', `${'00'.repeat(32)}-null.json`), '{"key": "for');
    await store.close();
    const again = await open();
    expect(again.get('bucket').index.keys()).toEqual(['whole']);
    expect(damage).toEqual(Array(2).fill('bucket bucket: one object version is damaged and was removed'));
    expect(await filesBelow('buckets/bucket/blobs')).toHaveLength(1);
    await again.close();
  });

  it('a bucket without its settings is one clear sentence', async () => {
    const store = await open();
    await store.create('bucket', now);
    await store.close();
    await rm(path.join(folder, 'buckets', 'bucket', 'bucket.json'));
    await expect(open()).rejects.toThrow(/The storage folder is damaged: .*bucket\.json cannot be read/);
  });

  it('the lock of a process that is gone is taken over', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'lock.json'), JSON.stringify({ pid: 2 ** 22 + 1, startTicks: '1' }));
    await (await open()).close();
    await writeFile(path.join(folder, 'lock.json'), '');
    await (await open()).close();
  });
});

describe('the folder', () => {
  it('belongs to one server at a time', async () => {
    const store = await open();
    await expect(open()).rejects.toThrow(`is in use by process ${process.pid}`);
    await store.close();
    await (await open()).close();
  });

  it('is readable by its owner alone, and so is every file', async () => {
    const store = await open();
    await put(store, await store.create('bucket', now), 'a', 'content');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const { mode } = await stat(path.join(entry.parentPath, entry.name));
      expect(mode & 0o777).toBe(entry.isDirectory() ? 0o700 : 0o600);
    }
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await store.close();
  });

  it('that cannot be made is one clear sentence', async () => {
    await writeFile(path.join(folder, 'file'), '');
    await expect(Store.open(path.join(folder, 'file', 'below'), () => undefined)).rejects.toThrow(/cannot be written \(E\w+\)\. Give this user the right to it, or choose another folder\./);
  });
});

describe('a body that fails on the way', () => {
  it('leaves no temporary file', async () => {
    const store = await open();
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.from('some');
      throw new Error('the sender broke off');
    }
    await expect(receiveBody(store.temporaryFolder, failing(), { sha256Hex: false, checksum: undefined })).rejects.toThrow('the sender broke off');
    expect(await filesBelow('temporary')).toEqual([]);
    await store.close();
  });
});
