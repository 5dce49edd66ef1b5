import { describe, expect, it } from 'vitest';
import { settle } from './testing/fake-clock';
import { fakeFile, FakeWorld } from './testing/fake-world';
import { faultyPuts, sendThrough } from './testing/send-through';

describe('storage that fails', () => {
  it.each([408, 429, 500, 503])('with %i is tried again after a wait', async (status) => {
    const world = new FakeWorld();
    faultyPuts(world, 3, (put) => put.answer({ status, errorCode: 'SlowDown' }));
    expect((await sendThrough(world)).phase).toBe('stored');
    expect(world.clock.now()).toBeGreaterThan(0);
    expect(world.storage.puts).toBe(4 + 3);
  });

  it('by cutting the connection is tried again with a fresh URL for each attempt', async () => {
    const world = new FakeWorld();
    const urls = new Set<string>();
    world.storage.onPut = (put) => {
      urls.add(put.url);
      if (world.storage.puts % 2 === 1) put.cut();
      else put.arrive();
    };
    expect((await sendThrough(world)).phase).toBe('stored');
    expect(urls.size).toBe(world.storage.puts);
  });

  it('by losing its answer is asked for through the portal, and nothing is sent twice', async () => {
    const world = new FakeWorld();
    faultyPuts(world, 2, (put) => put.loseAnswer());
    expect((await sendThrough(world)).phase).toBe('stored');
    expect(world.storage.objects.size).toBe(4);
    expect(world.storage.sentTwice).toEqual([]);
    expect(world.storage.puts).toBe(4);
  });

  it('by an expired URL gets a new one at once', async () => {
    const world = new FakeWorld();
    faultyPuts(world, 3, (put) => put.answer({ status: 403, errorCode: 'AccessDenied', errorMessage: 'Request has expired' }));
    expect((await sendThrough(world)).phase).toBe('stored');
    expect(world.clock.now()).toBe(0);
  });

  it('by calling every URL expired ends in a sentence', async () => {
    const world = new FakeWorld();
    world.storage.onPut = (put) => put.answer({ status: 403, errorCode: 'AccessDenied', errorMessage: 'Request has expired' });
    expect(await sendThrough(world)).toMatchObject({ phase: 'failed', error: { code: 'url_expired' } });
  });

  it.each([[400, 'BadDigest'], [403, 'SignatureDoesNotMatch'], [403, 'AccessDenied'], [404, 'NoSuchBucket'], [413, 'EntityTooLarge']])('with %i %s is not tried again', async (status, errorCode) => {
    const world = new FakeWorld({ workers: 1, limits: { parallelPuts: 1 } });
    const keys: string[] = [];
    world.storage.onPut = (put) => {
      keys.push(put.key);
      put.answer({ status, errorCode });
    };
    const file = await sendThrough(world);
    expect(file).toMatchObject({ phase: 'failed', error: { code: 'storage_refused', lost: 'Nothing is lost: nothing was stored yet, and your file is untouched.' } });
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('for ever ends in a sentence that counts what is stored', async () => {
    const world = new FakeWorld({ workers: 1, limits: { parallelPuts: 1 } });
    world.storage.onPut = (put) => (put.key.endsWith('/3') ? put.answer({ status: 503 }) : put.arrive());
    const file = await sendThrough(world);
    expect(file).toMatchObject({ phase: 'failed', error: { code: 'storage_busy' } });
    expect(file.error?.lost).toMatch(/^Nothing is lost: [123] of 4 segments are stored\.$/);
  });

  it('by keeping nothing of what it acknowledges is not believed', async () => {
    const world = new FakeWorld();
    world.storage.onPut = (put) => put.answer({ status: 200 });
    expect(await sendThrough(world)).toMatchObject({ phase: 'failed', error: { code: 'not_confirmed' } });
  });

  it('by losing a segment after it was confirmed gets it again before the end', async () => {
    const world = new FakeWorld();
    world.portal.before = ({ name, number }) => {
      if (name === 'completeFile' && number === 1) world.storage.objects.delete('file-1/2');
    };
    expect((await sendThrough(world)).phase).toBe('stored');
    expect(world.portal.count('completeFile')).toBe(2);
    expect(world.storage.puts).toBe(5);
  });
});

describe('a PUT that stands still', () => {
  it('is aborted after 30 seconds without its first byte, and sent again', async () => {
    const world = new FakeWorld({ workers: 1 });
    faultyPuts(world, 1, () => undefined);
    const id = world.queue.add({ source: fakeFile('a.log', 5), kind: 'os_log' });
    await world.clock.advance(29_999);
    expect(world.storage.flying).toHaveLength(1);
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.storage.puts).toBe(2);
  });

  it('is left alone while bytes move, and aborted 30 seconds after the last one', async () => {
    const world = new FakeWorld({ workers: 1 });
    faultyPuts(world, 1, () => undefined);
    world.queue.add({ source: fakeFile('a.log', 5), kind: 'os_log' });
    await settle();
    for (const sent of [1, 2, 3]) {
      await world.clock.advance(29_000);
      world.storage.flying[0]?.progress(sent);
    }
    await world.clock.advance(29_000);
    world.storage.flying[0]?.progress(3);
    expect(world.storage.flying).toHaveLength(1);
    await world.clock.advance(1001);
    expect(world.storage.flying).toHaveLength(0);
  });
});
