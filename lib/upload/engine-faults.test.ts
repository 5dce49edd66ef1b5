import { describe, expect, it } from 'vitest';
import { settle } from './testing/fake-clock';
import { problemError } from './testing/fake-portal';
import { fakeFile, FakeWorld } from './testing/fake-world';
import { faultyPuts, sendThrough } from './testing/send-through';
import { NetworkError, WorkerFailedError } from './upload-errors';

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
