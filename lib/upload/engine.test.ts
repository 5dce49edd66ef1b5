import { describe, expect, it, vi } from 'vitest';
import { settle } from './testing/fake-clock';
import { fakeFile, FakeWorld } from './testing/fake-world';

describe('a file', () => {
  it('of several segments arrives whole, each segment sent once', async () => {
    const world = new FakeWorld();
    const source = fakeFile('heap.hprof', 95);
    const id = world.queue.add({ source, kind: 'heap_dump' });
    const file = await world.untilOver(id);
    expect(file).toMatchObject({ phase: 'stored', fileId: 'file-1', segmentsStored: 10, segmentCount: 10, rawBytesDone: 95, sentBytes: 105, expectedBytes: 105, receiptUrl: '/receipts/file-1', error: null });
    expect(world.portal.content('file-1')).toEqual(source.content);
    expect(world.storage.puts).toBe(10);
    expect(world.portal.files.get('file-1')?.request).toMatchObject({ name: 'heap.hprof', kind: 'heap_dump', sizeBytes: 95, encoding: 'raw', clientFileId: id });
  });

  it('without content is one segment', async () => {
    const world = new FakeWorld();
    const file = await world.untilOver(world.queue.add({ source: fakeFile('empty.log', 0), kind: 'component_log' }));
    expect(file).toMatchObject({ phase: 'stored', segmentsStored: 1, rawBytesDone: 0 });
    expect([...world.storage.objects.keys()]).toEqual(['file-1/1']);
  });

  it('that is gzipped already is sliced as it is', async () => {
    const world = new FakeWorld();
    const source = fakeFile('heap.hprof.gz', 35);
    source.content.set([0x1f, 0x8b, 8]);
    const file = await world.untilOver(world.queue.add({ source, kind: 'heap_dump' }));
    expect(file).toMatchObject({ phase: 'stored', sentBytes: 35, savedRatio: 0 });
    expect(world.portal.files.get('file-1')?.request.encoding).toBe('gzip');
    expect(world.portal.content('file-1')).toEqual(source.content);
  });

  it('names the request that it answers', async () => {
    const world = new FakeWorld();
    await world.untilOver(world.queue.add({ source: fakeFile('a.log', 5), kind: 'os_log', requestId: 'request-1' }));
    expect(world.portal.files.get('file-1')?.request.requestId).toBe('request-1');
  });

  it('can change its kind until the portal knows it', async () => {
    const world = new FakeWorld({ limits: { activeFiles: 1 } });
    world.queue.add({ source: fakeFile('a.log', 5), kind: 'os_log' });
    const second = world.queue.add({ source: fakeFile('b.log', 5), kind: 'os_log' });
    expect(world.queue.setKind(second, 'component_log')).toBe(true);
    await world.untilOver(second);
    expect(world.queue.setKind(second, 'other')).toBe(false);
    expect(world.portal.files.get('file-2')?.request.kind).toBe('component_log');
  });

  it('tells its steps in words', async () => {
    const world = new FakeWorld({ workers: 1, limits: { parallelPuts: 1 } });
    world.storage.onPut = () => undefined;
    const phases: string[] = [];
    world.queue.subscribe(() => {
      const phase = world.queue.getSnapshot().files[0]?.phase;
      if (phase && phase !== phases.at(-1)) phases.push(phase);
    });
    const id = world.queue.add({ source: fakeFile('a.log', 10), kind: 'os_log' });
    await settle();
    expect(world.file(id).phase).toBe('sending');
    world.storage.flying[0]?.arrive();
    await world.untilOver(id);
    expect(phases).toEqual(['waiting', 'reading', 'compressing', 'sending', 'checking', 'stored']);
  });
});

describe('progress', () => {
  it('is counted in bytes, with speed, time left and what was saved', async () => {
    const world = new FakeWorld({ workers: 1, limits: { parallelPuts: 1 } });
    world.storage.onPut = () => undefined;
    const id = world.queue.add({ source: fakeFile('a.log', 40), kind: 'os_log' });
    await settle();
    expect(world.file(id)).toMatchObject({ bytesPerSecond: null, secondsLeft: null });
    world.storage.flying[0]?.progress(0);
    await world.clock.advance(1000);
    world.storage.flying[0]?.progress(5);
    await world.clock.advance(1000);
    world.storage.flying[0]?.progress(11);
    await world.clock.advance(200);
    expect(world.file(id)).toMatchObject({ sentBytes: 11, rawBytesDone: 10, expectedBytes: 44, savedRatio: 0 });
    expect(world.file(id).bytesPerSecond).toBeCloseTo(11 / 2.1, 0);
    expect(world.file(id).secondsLeft).toBeGreaterThan(0);
  });

  it('gives the same snapshot until something changes, and the same for files that rest', async () => {
    const world = new FakeWorld({ limits: { activeFiles: 1 } });
    world.storage.onPut = () => undefined;
    const first = world.queue.add({ source: fakeFile('a.log', 30), kind: 'os_log' });
    const second = world.queue.add({ source: fakeFile('b.log', 30), kind: 'os_log' });
    await world.clock.advance(1000);
    const before = { queue: world.queue.getSnapshot(), first: world.file(first), second: world.file(second) };
    expect(world.queue.getSnapshot()).toBe(before.queue);
    world.storage.flying[0]?.progress(4);
    await world.clock.advance(1000);
    expect(world.queue.getSnapshot()).not.toBe(before.queue);
    expect(world.file(first)).not.toBe(before.first);
    expect(world.file(second)).toBe(before.second);
  });

  it('is told at most five times a second', async () => {
    const world = new FakeWorld({ workers: 1, limits: { parallelPuts: 1 } });
    world.storage.onPut = () => undefined;
    world.queue.add({ source: fakeFile('a.log', 300), kind: 'os_log' });
    await world.clock.advance(1000);
    let told = 0;
    world.queue.subscribe(() => (told += 1));
    for (let step = 0; step < 200; step++) {
      world.storage.flying[0]?.progress(step / 20);
      await world.clock.advance(5);
    }
    expect(told).toBeGreaterThan(2);
    expect(told).toBeLessThanOrEqual(5);
  });
});

describe('the bounds', () => {
  it('keep to the parallel PUTs that the portal allows a file', async () => {
    const world = new FakeWorld({ maxParallel: 2, limits: { parallelPuts: 4 } });
    world.storage.onPut = (put) => void world.clock.after(100, () => put.arrive());
    await world.untilOver(world.queue.add({ source: fakeFile('a.log', 200), kind: 'os_log' }));
    expect(world.storage.mostFlying).toBe(2);
  });

  it('keep to the parallel PUTs over all files, and share them', async () => {
    const world = new FakeWorld({ limits: { parallelPuts: 3 } });
    world.storage.onPut = (put) => void world.clock.after(100, () => put.arrive());
    const ids = ['a', 'b', 'c'].map((name, salt) => world.queue.add({ source: fakeFile(`${name}.log`, 300, salt), kind: 'os_log' }));
    await world.clock.advance(1050);
    const stored = ids.map((id) => world.file(id).segmentsStored);
    expect(Math.max(...stored) - Math.min(...stored)).toBeLessThanOrEqual(2);
    for (const id of ids) expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.storage.mostFlying).toBe(3);
  });

  it('keep to the workers, and prepare while others are sent', async () => {
    const world = new FakeWorld({ workers: 2 });
    world.workers.before = () => new Promise((resolve) => world.clock.after(50, resolve));
    world.storage.onPut = (put) => void world.clock.after(100, () => put.arrive());
    await world.untilOver(world.queue.add({ source: fakeFile('a.log', 400), kind: 'os_log' }));
    expect(world.workers.mostRunning).toBe(2);
    expect(world.storage.mostFlying).toBeGreaterThan(2);
  });

  it('keep memory bounded however large the file, also while storage does not answer', async () => {
    const world = new FakeWorld({ limits: { memoryBytes: 55 } });
    world.storage.onPut = () => undefined;
    world.queue.add({ source: fakeFile('a.log', 10_000), kind: 'os_log' });
    await world.clock.advance(5000);
    expect(world.storage.loadedBytes).toBeLessThanOrEqual(55);
    expect(world.workers.prepared.length).toBeLessThanOrEqual(5);
    expect(world.storage.loadedBytes).toBeGreaterThan(30);
  });

  it('keep the queue between making and sending short', async () => {
    const world = new FakeWorld({ limits: { parallelPuts: 3, queuedSegments: 2 } });
    world.storage.onPut = () => undefined;
    world.queue.add({ source: fakeFile('a.log', 10_000), kind: 'os_log' });
    await world.clock.advance(5000);
    expect(world.storage.flying).toHaveLength(3);
    expect(world.workers.prepared).toHaveLength(5);
  });

  it('make few segments before anything is known of the link, and more once storage has said a word, or none for a moment', async () => {
    const silent = new FakeWorld({ workers: 2 });
    silent.storage.onPut = () => undefined;
    silent.queue.add({ source: fakeFile('a.log', 10_000), kind: 'os_log' });
    await silent.clock.advance(400);
    expect(silent.workers.prepared).toHaveLength(3);
    await silent.clock.advance(200);
    expect(silent.workers.prepared).toHaveLength(8);

    const known = new FakeWorld({ workers: 2 });
    known.storage.onPut = (put) => (known.storage.puts === 1 ? put.arrive() : undefined);
    known.queue.add({ source: fakeFile('a.log', 10_000), kind: 'os_log' });
    await settle();
    expect(known.workers.prepared).toHaveLength(1 + 8);
  });

  it('let few files be worked on and the others wait their turn', async () => {
    const world = new FakeWorld({ limits: { activeFiles: 2 } });
    const ids = Array.from({ length: 7 }, (_, salt) => world.queue.add({ source: fakeFile(`${salt}.log`, 25, salt), kind: 'os_log' }));
    expect(ids.map((id) => world.file(id).phase).filter((phase) => phase === 'waiting')).toHaveLength(5);
    for (const id of ids) expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.queue.getSnapshot().isBusy).toBe(false);
  });

  it('hold for what waits to be aborted, too: a long upload collects no listeners', async () => {
    const listening = new Map<EventTarget, number>();
    let most = 0;
    const count = (target: EventTarget, change: number) => {
      listening.set(target, (listening.get(target) ?? 0) + change);
      most = Math.max(most, listening.get(target) ?? 0);
    };
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    vi.spyOn(AbortSignal.prototype, 'addEventListener').mockImplementation(function (this: AbortSignal, ...given: unknown[]) {
      count(this, 1);
      Reflect.apply(addEventListener, this, given);
    });
    vi.spyOn(AbortSignal.prototype, 'removeEventListener').mockImplementation(function (this: AbortSignal, ...given: unknown[]) {
      count(this, -1);
      Reflect.apply(removeEventListener, this, given);
    });
    const world = new FakeWorld({ limits: { memoryBytes: 100 } });
    expect((await world.untilOver(world.queue.add({ source: fakeFile('a.log', 3000), kind: 'os_log' }))).segmentsStored).toBe(300);
    expect(most).toBeGreaterThan(3);
    expect(most).toBeLessThan(40);
  });

  it('start workers where files are chosen, and give memory back when nothing is left to do', async () => {
    const world = new FakeWorld();
    world.queue.wake();
    expect(world.workers.wakes).toBe(1);
    await world.untilOver(world.queue.add({ source: fakeFile('a.log', 95), kind: 'os_log' }));
    await settle();
    expect(world.workers.rests).toBe(1);
    expect(world.storage.loadedBytes).toBe(0);
    expect(world.clock.pending).toBe(0);
  });
});
