import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bucket } from '../store/bucket';
import { type StoredObject } from '../store/object-version';
import { receiveBody } from '../store/receive-body';
import { Store } from '../store/store';
import { applyLifecycle, expirationHeader, midnightAfter } from './apply-lifecycle';
import { type LifecycleRule } from './lifecycle-rules';

// Every write is synced to the disk, which a loaded machine may take its time for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let store: Store;
let bucket: Bucket;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'embedded-s3-'));
  store = await Store.open(folder, () => undefined);
  bucket = await store.create('life', new Date('2026-01-01T00:00:00Z'));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
async function put(key: string, at: string): Promise<StoredObject> {
  const body = await receiveBody(store.temporaryFolder, bytesOf(key), { sha256Hex: false, checksum: undefined });
  return bucket.put({ key, body, metadata: { contentType: 'a/b', systemHeaders: {}, userMetadata: {} }, checksum: undefined, now: new Date(at), precondition: () => undefined });
}
const rule = (change: Partial<LifecycleRule>): LifecycleRule => ({ id: 'r', enabled: true, prefix: '', prefixForm: 'Filter', expiration: undefined, noncurrentExpiration: undefined, abortMultipartDays: undefined, ...change });
const apply = (at: string) => applyLifecycle({ store, now: new Date(at) });
const states = (key: string) => bucket.index.versionsOf(key).map(({ deleteMarker }) => (deleteMarker ? 'marker' : 'object'));

describe('the date of expiry', () => {
  it('is rounded up to the next midnight UTC', () => {
    expect(midnightAfter('2026-01-15T10:30:00.000Z', 3).toISOString()).toBe('2026-01-19T00:00:00.000Z');
    expect(midnightAfter('2026-01-15T23:59:59.000Z', 1).toISOString()).toBe('2026-01-17T00:00:00.000Z');
    expect(midnightAfter('2026-01-15T00:00:00.000Z', 1).toISOString()).toBe('2026-01-16T00:00:00.000Z');
  });

  it('is told with the object, by the rule that comes first', async () => {
    const object = await put('raw/a', '2026-01-15T10:30:00Z');
    const rules = [rule({ id: 'late', expiration: { days: 30 } }), rule({ id: 'early ü', prefix: 'raw/', expiration: { days: 8 } }), rule({ id: 'off', enabled: false, expiration: { days: 1 } })];
    expect(expirationHeader(rules, object)).toBe('expiry-date="Sat, 24 Jan 2026 00:00:00 GMT", rule-id="early%20%C3%BC"');
    expect(expirationHeader([rule({ prefix: 'other/', expiration: { days: 1 } })], object)).toBeUndefined();
  });
});

describe('expiry of current versions', () => {
  it('deletes for good where versions are not kept, on the day and not before', async () => {
    await bucket.changeSettings({ lifecycle: [rule({ prefix: 'raw/', expiration: { days: 8 } })] });
    await put('raw/a', '2026-01-15T10:30:00Z');
    await put('other', '2026-01-15T10:30:00Z');
    expect(await apply('2026-01-23T23:59:59Z')).toEqual({ actions: 0 });
    expect(await apply('2026-01-24T00:00:00Z')).toEqual({ actions: 1 });
    expect(bucket.index.keys()).toEqual(['other']);
  });

  it('adds a delete marker where versions are kept, once', async () => {
    await bucket.changeSettings({ versioning: 'Enabled', lifecycle: [rule({ expiration: { days: 1 } })] });
    await put('a', '2026-01-15T10:30:00Z');
    await apply('2026-01-17T00:00:00Z');
    await apply('2026-01-17T01:00:00Z');
    expect(states('a')).toEqual(['marker', 'object']);
  });

  it('follows a date', async () => {
    await bucket.changeSettings({ lifecycle: [rule({ expiration: { date: '2026-02-01T00:00:00.000Z' } })] });
    await put('a', '2026-01-15T10:30:00Z');
    await apply('2026-01-31T23:00:00Z');
    expect(states('a')).toEqual(['object']);
    await apply('2026-02-01T00:00:00Z');
    expect(states('a')).toEqual([]);
  });

  it('does nothing by a rule that is disabled', async () => {
    await bucket.changeSettings({ lifecycle: [rule({ enabled: false, expiration: { days: 1 } })] });
    await put('a', '2026-01-15T10:30:00Z');
    expect(await apply('2027-01-01T00:00:00Z')).toEqual({ actions: 0 });
  });
});

describe('expiry of noncurrent versions', () => {
  it('counts from when the successor came', async () => {
    await bucket.changeSettings({ versioning: 'Enabled', lifecycle: [rule({ noncurrentExpiration: { days: 1, newerVersions: undefined } })] });
    await put('a', '2026-01-01T10:00:00Z');
    const current = await put('a', '2026-01-10T10:00:00Z');
    await apply('2026-01-11T23:00:00Z');
    expect(states('a')).toHaveLength(2);
    await apply('2026-01-12T00:00:00Z');
    expect(bucket.index.versionsOf('a')).toEqual([current]);
  });

  it('keeps as many newer ones as the rule says', async () => {
    await bucket.changeSettings({ versioning: 'Enabled', lifecycle: [rule({ noncurrentExpiration: { days: 1, newerVersions: 2 } })] });
    for (const day of [1, 2, 3, 4, 5]) await put('a', `2026-01-0${day}T10:00:00Z`);
    await apply('2026-03-01T00:00:00Z');
    expect(bucket.index.versionsOf('a').map(({ lastModified }) => lastModified.slice(8, 10))).toEqual(['05', '04', '03']);
  });

  it('together with the clean-up of markers leaves nothing of a deleted object', async () => {
    const rules = [rule({ id: '1', expiration: { days: 8 }, noncurrentExpiration: { days: 1, newerVersions: undefined } }), rule({ id: '2', expiration: { expiredObjectDeleteMarker: true } })];
    await bucket.changeSettings({ versioning: 'Enabled', lifecycle: rules });
    await put('a', '2026-01-01T10:00:00Z');
    await apply('2026-01-10T00:00:00Z');
    expect(states('a')).toEqual(['marker', 'object']);
    await apply('2026-01-11T00:00:00Z');
    expect(bucket.index.isEmpty).toBe(true);
  });
});

describe('a delete marker that stands alone', () => {
  it('is cleaned up by its age too', async () => {
    await bucket.changeSettings({ versioning: 'Enabled', lifecycle: [rule({ expiration: { days: 5 } })] });
    await bucket.deleteCurrent('a', new Date('2026-01-01T10:00:00Z'));
    await apply('2026-01-06T00:00:00Z');
    expect(states('a')).toEqual(['marker']);
    await apply('2026-01-07T00:00:00Z');
    expect(states('a')).toEqual([]);
  });
});
