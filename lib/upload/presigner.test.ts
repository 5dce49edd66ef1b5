import { describe, expect, it } from 'vitest';
import type { EngineContext } from './engine-context';
import type { PreparedSegment } from './ports';
import { Presigner } from './presigner';
import { FakeClock, settle } from './testing/fake-clock';
import { fakeFile, FakeWorld } from './testing/fake-world';
import { NetworkError } from './upload-errors';

/** Sizes of all calls for addresses. */
function watch(world: FakeWorld): number[][] {
  const asked: number[][] = [];
  const presign = world.portal.presignSegments.bind(world.portal);
  world.portal.presignSegments = (fileId, request) => {
    asked.push(request.segments.map(({ index }) => index));
    return presign(fileId, request);
  };
  return asked;
}

/** A presigner whose surroundings the test sets: how fast the link is, whether it is the slower part, and how many segments of the file are being made. */
function surrounded() {
  const clock = new FakeClock();
  const around = { bytesPerSecond: 50e6 as number | null, isSlow: false, beingMade: 1 };
  const calls: { at: number; indexes: number[] }[] = [];
  const context = {
    clock,
    uplink: { bytesPerSecond: () => around.bytesPerSecond },
    pipeline: { get isSlow() { return around.isSlow; } },
    portal: {
      presignSegments: async (_file: string, { segments }: { segments: { index: number }[] }) => {
        calls.push({ at: clock.now(), indexes: segments.map(({ index }) => index).sort() });
        return { segments: segments.map(({ index }) => ({ index, url: `url-${index}`, headers: {}, expiresAt: '' })) };
      },
    },
  } as unknown as EngineContext;
  const stop = new AbortController();
  const presigner = new Presigner(context, 'file-1', { signal: stop.signal, onOffline: () => undefined }, () => around.beingMade > 0);
  const segment = { rawSizeBytes: 1, rawSha256: '', sizeBytes: 1, sha256: '' } as PreparedSegment;
  const ask = (index: number) => {
    presigner.ready(index, segment);
    return presigner.address(index);
  };
  return { clock, around, calls, presigner, segment, ask, stop };
}

describe('a segment that is ready', () => {
  it('waits a moment for two others to ask with, and no longer than that', async () => {
    const { clock, calls, ask } = surrounded();
    const first = [ask(1)];
    await clock.advance(100);
    first.push(ask(2));
    await clock.advance(100);
    expect(calls).toEqual([]);
    first.push(ask(3));
    expect((await Promise.all(first)).map((address) => address?.url)).toEqual(['url-1', 'url-2', 'url-3']);
    const alone = ask(4);
    await clock.advance(249);
    expect(calls).toEqual([{ at: 200, indexes: [1, 2, 3] }]);
    await clock.advance(1);
    await alone;
    expect(calls.slice(1)).toEqual([{ at: 450, indexes: [4] }]);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ['nothing is known of the link, which its answer will tell', { bytesPerSecond: null }],
    ['the link is the slower part, and would wait', { isSlow: true }],
    ['no other is being made', { beingMade: 0 }],
  ])('asks at once where %s', async (_why, change) => {
    const { clock, around, calls, ask } = surrounded();
    Object.assign(around, change);
    await ask(1);
    expect(calls).toEqual([{ at: 0, indexes: [1] }]);
    expect(clock.pending).toBe(0);
  });

  it('waits no longer when the last one is ready, and asks with one that has no place in flight yet', async () => {
    const { calls, around, presigner, segment, ask } = surrounded();
    const first = ask(1);
    around.beingMade = 0;
    presigner.ready(2, segment);
    await first;
    expect(calls).toEqual([{ at: 0, indexes: [1, 2] }]);
    expect((await presigner.address(2))?.url).toBe('url-2');
    expect(calls).toHaveLength(1);
  });

  it('is given up while it waits', async () => {
    const { clock, calls, ask, stop } = surrounded();
    const both = [ask(1), ask(2)];
    stop.abort(new Error('paused'));
    for (const one of both) await expect(one).rejects.toThrow('paused');
    await settle();
    expect([calls.length, clock.pending]).toEqual([0, 0]);
  });
});

describe('addresses', () => {
  it('of segments that are ready at the same time are asked for in one call', async () => {
    const world = new FakeWorld({ limits: { parallelPuts: 1, queuedSegments: 6 } });
    world.storage.onPut = (put) => world.clock.after(400, () => put.arrive());
    const asked = watch(world);
    const id = world.queue.add({ source: fakeFile('a.log', 200), kind: 'os_log' });
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(asked.flat().sort((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(asked.length).toBeLessThan(12);
    expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(4);
    expect(world.storage.puts).toBe(20);
  });

  it('serve one attempt: another one asks anew', async () => {
    const world = new FakeWorld({ workers: 1, limits: { parallelPuts: 1 } });
    const urls: string[] = [];
    world.storage.onPut = (put) => {
      urls.push(put.url);
      if (urls.length === 1) put.answer({ status: 503, errorCode: 'SlowDown' });
      else put.arrive();
    };
    expect((await world.untilOver(world.queue.add({ source: fakeFile('a.log', 25), kind: 'os_log' }))).phase).toBe('stored');
    expect(urls).toHaveLength(4);
    expect(new Set(urls).size).toBe(4);
  });

  it('that have waited for too long are not used', async () => {
    const world = new FakeWorld({ limits: { parallelPuts: 1 } });
    // Each PUT goes on for ten minutes, piece by piece.
    world.storage.onPut = (put) => {
      for (let step = 1; step <= 30; step++) world.clock.after(step * 20_000, () => (step < 30 ? put.progress(step / 10) : put.arrive()));
    };
    const asked = watch(world);
    expect((await world.untilOver(world.queue.add({ source: fakeFile('a.log', 60), kind: 'os_log' }))).phase).toBe('stored');
    const counts = asked.flat().reduce((seen, index) => seen.set(index, (seen.get(index) ?? 0) + 1), new Map<number, number>());
    expect(Math.max(...counts.values()), 'somebody waited with an old address').toBe(2);
  });

  it('are asked for by each of them again where the common call was lost', async () => {
    const world = new FakeWorld({ limits: { parallelPuts: 1, queuedSegments: 6 } });
    world.portal.before = ({ name, number }) => {
      if (name === 'presignSegments' && number % 2 === 0) throw new NetworkError('lost on the way');
    };
    const source = fakeFile('a.log', 60);
    expect((await world.untilOver(world.queue.add({ source, kind: 'os_log' }))).phase).toBe('stored');
    expect(world.portal.content('file-1')).toEqual(source.content);
    expect(world.storage.puts).toBe(6);
  });
});
