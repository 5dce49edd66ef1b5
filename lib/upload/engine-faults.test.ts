import { describe, expect, it } from 'vitest';
import { settle } from './testing/fake-clock';
import type { FlyingPut } from './testing/fake-storage';
import { problemError } from './testing/fake-portal';
import { fakeFile, FakeWorld } from './testing/fake-world';
import { NetworkError, WorkerFailedError } from './upload-errors';

/** The first `times` PUTs meet `fault`, the others arrive. */
function faultyPuts(world: FakeWorld, times: number, fault: (put: FlyingPut) => void): void {
  world.storage.onPut = (put) => (world.storage.puts <= times ? fault(put) : put.arrive());
}

async function sendThrough(world: FakeWorld, sizeBytes = 35) {
  const source = fakeFile('heap.hprof', sizeBytes);
  const file = await world.untilOver(world.queue.add({ source, kind: 'heap_dump' }));
  if (file.phase === 'stored') expect(world.portal.content(file.fileId ?? '')).toEqual(source.content);
  return file;
}

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

describe('a portal that fails', () => {
  it.each(['reserveFile', 'presignSegments', 'confirmSegments', 'completeFile'] as const)('at %s, before and after it took effect, is asked again', async (name) => {
    const world = new FakeWorld();
    // The portal is asked at once about a segment whose answer was lost.
    if (name === 'confirmSegments') faultyPuts(world, 3, (put) => put.loseAnswer());
    const failAt = (number: number, error: Error) => (call: { name: string; number: number }) => {
      if (call.name === name && call.number === number) throw error;
    };
    world.portal.before = failAt(1, problemError(503, 'not_ready'));
    world.portal.after = failAt(2, new NetworkError('cut'));
    expect((await sendThrough(world)).phase).toBe('stored');
    expect(world.portal.files.size).toBe(1);
    expect(world.portal.count(name)).toBeGreaterThanOrEqual(3);
  });

  it('that does not answer is asked again after a minute', async () => {
    const world = new FakeWorld();
    world.portal.before = ({ name, number }) => (name === 'reserveFile' && number === 1 ? new Promise<void>(() => undefined) : undefined);
    const id = world.queue.add({ source: fakeFile('a.log', 5), kind: 'os_log' });
    await world.clock.advance(59_999);
    expect(world.portal.count('reserveFile')).toBe(1);
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.portal.files.size).toBe(1);
  });

  it('and asks to wait is not asked before', async () => {
    const world = new FakeWorld();
    world.portal.before = ({ name, number }) => {
      if (name === 'reserveFile' && number === 1) throw problemError(429, 'rate_limited', {}, 40);
    };
    await sendThrough(world);
    expect(world.clock.now()).toBeGreaterThanOrEqual(40_000);
  });

  it.each([[409, 'nda_required'], [409, 'policy_not_accepted'], [404, 'not_found'], [422, 'validation_failed'], [409, 'segment_conflict']])('with %i %s says so in its own words, once', async (status, code) => {
    const world = new FakeWorld({ workers: 1 });
    world.portal.before = ({ name }) => {
      if (name === 'presignSegments') throw problemError(status, code);
    };
    const file = await sendThrough(world, 5);
    expect(file).toMatchObject({ phase: 'failed', error: { code, title: `Title of ${code}`, detail: `Detail of ${code}.` } });
    expect(world.portal.count('presignSegments')).toBe(1);
  });

  it('for ever is given up after a bounded number of calls', async () => {
    const world = new FakeWorld({ workers: 1 });
    faultyPuts(world, 1, (put) => put.loseAnswer());
    world.portal.before = ({ name }) => {
      if (name === 'confirmSegments') throw problemError(500, 'internal');
    };
    expect(await sendThrough(world, 5)).toMatchObject({ phase: 'failed', error: { code: 'internal' } });
    expect(world.portal.count('confirmSegments')).toBe(20);
  });
});

describe('the network', () => {
  it('may be away for an hour: the file waits, says so, and goes on when the device is online', async () => {
    const world = new FakeWorld();
    world.connectivity.set(false);
    world.storage.onPut = (put) => (world.connectivity.isOnline() ? put.arrive() : put.cut());
    const id = world.queue.add({ source: fakeFile('a.log', 35), kind: 'os_log' });
    await world.clock.advance(3_600_000);
    expect(world.file(id)).toMatchObject({ phase: 'offline', segmentsStored: 0, error: null });
    world.connectivity.set(true);
    await settle();
    expect((await world.untilOver(id)).phase).toBe('stored');
  });

  it('is not waited for because the device believes it is offline, as long as requests succeed', async () => {
    const world = new FakeWorld();
    world.connectivity.set(false);
    expect((await sendThrough(world)).phase).toBe('stored');
    expect(world.clock.now()).toBe(0);
  });
});

describe('a session that ends', () => {
  it('stops nothing but the calls: the queue waits and goes on after signing in again', async () => {
    const world = new FakeWorld();
    let isSignedIn = false;
    world.portal.before = ({ name }) => {
      if (name !== 'reserveFile' && !isSignedIn) throw problemError(401, 'unauthenticated');
    };
    const ids = ['a', 'b'].map((name) => world.queue.add({ source: fakeFile(`${name}.log`, 35), kind: 'os_log' }));
    await world.clock.advance(10_000);
    expect(world.queue.getSnapshot().isSignedOut).toBe(true);
    expect(ids.map((id) => world.file(id).phase)).toEqual(['signed-out', 'signed-out']);
    isSignedIn = true;
    world.queue.signedInAgain();
    for (const id of ids) expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.queue.getSnapshot().isSignedOut).toBe(false);
  });

  it('is not taken for ended again by an answer from before', async () => {
    const world = new FakeWorld({ workers: 1 });
    const late: (() => void)[] = [];
    world.portal.before = ({ name, number }) =>
      name === 'presignSegments' && number <= 2 ? new Promise((_, reject) => late.push(() => reject(problemError(401, 'unauthenticated')))) : undefined;
    const id = world.queue.add({ source: fakeFile('a.log', 20), kind: 'os_log' });
    await settle();
    late[0]?.();
    await settle();
    expect(world.queue.getSnapshot().isSignedOut).toBe(true);
    world.queue.signedInAgain();
    await settle();
    late[1]?.();
    await settle();
    expect(world.queue.getSnapshot().isSignedOut).toBe(false);
    expect((await world.untilOver(id)).phase).toBe('stored');
  });
});

describe('the device', () => {
  it('may lose a worker, which is replaced', async () => {
    const world = new FakeWorld();
    let failures = 0;
    world.workers.before = () => {
      if (failures++ < 2) throw new WorkerFailedError('out of memory');
    };
    expect((await sendThrough(world)).phase).toBe('stored');
  });

  it('may be unable to compress at all, which ends in a sentence', async () => {
    const world = new FakeWorld();
    world.workers.before = () => {
      throw new WorkerFailedError('out of memory');
    };
    expect(await sendThrough(world)).toMatchObject({ phase: 'failed', error: { code: 'compression_failed' } });
  });

  it('may refuse to read a file that is still being written', async () => {
    const world = new FakeWorld({ workers: 1, limits: { parallelPuts: 1 } });
    const source = fakeFile('a.log', 50);
    world.storage.onPut = (put) => {
      source.isUnreadable = true;
      put.arrive();
    };
    const file = await world.untilOver(world.queue.add({ source, kind: 'os_log' }));
    expect(file).toMatchObject({ phase: 'failed', error: { code: 'file_unreadable' } });
    source.isUnreadable = false;
    world.storage.onPut = (put) => put.arrive();
    world.queue.retry(file.localId);
    expect((await world.untilOver(file.localId)).phase).toBe('stored');
  });

  it('may fail to remember, which stops nothing', async () => {
    const world = new FakeWorld();
    const broken = () => Promise.reject(new Error('no storage in private windows'));
    Object.assign(world.ledger, { remember: broken, forget: broken, list: broken, open: broken });
    await world.queue.restore();
    expect((await sendThrough(world)).phase).toBe('stored');
  });
});
