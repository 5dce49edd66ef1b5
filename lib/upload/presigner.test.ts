import { describe, expect, it } from 'vitest';
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
