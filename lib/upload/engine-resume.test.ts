import { describe, expect, it } from 'vitest';
import { settle } from './testing/fake-clock';
import { fakeFile, FakeWorld } from './testing/fake-world';

/** A world in which a page was closed after three of ten segments were stored and a fourth was on its way. */
async function interrupted(opens: 'handle' | 'permission' | 'file' = 'file') {
  const world = new FakeWorld({ workers: 1, limits: { parallelPuts: 1 } });
  world.ledger.opens = opens;
  world.storage.onPut = (put) => void world.clock.after(100, () => put.arrive());
  const source = fakeFile('heap.hprof', 100);
  const id = world.queue.add({ source, kind: 'heap_dump', requestId: 'request-1' });
  await world.clock.advance(350);
  const dead = world.queue;
  dead.pauseAll();
  await settle();
  world.workers.prepared.length = 0;
  world.workers.hashed.length = 0;
  const queue = world.reload();
  await queue.restore();
  return { world, source, id };
}

describe('after a reload', () => {
  it('the list is still there and says what it needs', async () => {
    const { world, id } = await interrupted();
    expect(world.file(id)).toMatchObject({ phase: 'paused', needs: 'file', name: 'heap.hprof', kind: 'heap_dump', sizeBytes: 100, fileId: 'file-1' });
  });

  it('the file, chosen again, is recognised, and only what is missing is sent', async () => {
    const { world, source, id } = await interrupted();
    const sentBefore = world.storage.puts;
    world.queue.attach(id, fakeFile('heap.hprof', 100));
    expect(await world.untilOver(id)).toMatchObject({ phase: 'stored', needs: null, segmentsStored: 10, rawBytesDone: 100 });
    expect(world.workers.hashed).toEqual([0, 10, 20]);
    expect(world.storage.puts - sentBefore).toBe(7);
    expect(world.portal.content('file-1')).toEqual(source.content);
    expect(world.portal.files.size).toBe(1);
    expect(world.ledger.rows.size).toBe(0);
  });

  it('a file whose handle was kept goes on by itself', async () => {
    const { world, id } = await interrupted('handle');
    expect((await world.untilOver(id)).phase).toBe('stored');
  });

  it('a file whose handle asks for permission goes on after one click', async () => {
    const { world, id } = await interrupted('permission');
    expect(world.file(id)).toMatchObject({ phase: 'paused', needs: 'permission' });
    await world.queue.allowReading(id);
    expect((await world.untilOver(id)).phase).toBe('stored');
  });

  it('a file that was never reserved is sent from its beginning', async () => {
    const world = new FakeWorld({ limits: { activeFiles: 0 } });
    const id = world.queue.add({ source: fakeFile('a.log', 25), kind: 'os_log' });
    await settle();
    const fresh = new FakeWorld();
    fresh.ledger.rows.set(id, world.ledger.rows.get(id) ?? { entry: (() => { throw new Error('not remembered'); })(), source: null });
    await fresh.queue.restore();
    fresh.queue.attach(id, fakeFile('a.log', 25));
    expect((await fresh.untilOver(id)).phase).toBe('stored');
  });

  it('restoring twice lists each file once', async () => {
    const { world } = await interrupted();
    await world.queue.restore();
    expect(world.queue.getSnapshot().files).toHaveLength(1);
  });

  it('a file that is chosen while the device still looks for it is not begun a second time', async () => {
    const { world, source, id } = await interrupted();
    const queue = world.reload();
    let found = (_source: typeof source) => {};
    world.ledger.open = () => new Promise((resolve) => (found = resolve));
    const restored = queue.restore();
    await settle();
    expect(queue.getSnapshot().isRestored).toBe(false);
    queue.attach(id, fakeFile('heap.hprof', 100));
    queue.pause(id);
    found(source);
    await restored;
    expect(queue.getSnapshot()).toMatchObject({ isRestored: true, files: [{ localId: id, needs: null, phase: 'paused' }] });
  });

  it('cancelling what waits for its file tells the portal', async () => {
    const { world, id } = await interrupted();
    await world.queue.cancel(id);
    expect(world.portal.files.get('file-1')?.state).toBe('abandoned');
  });
});

describe('a changed file', () => {
  it('is noticed by its content before anything more is sent', async () => {
    const { world, id } = await interrupted();
    const sentBefore = world.storage.puts;
    const changed = fakeFile('heap.hprof', 100);
    changed.content[15] = 0xee;
    world.queue.attach(id, changed);
    expect(await world.untilOver(id)).toMatchObject({ phase: 'failed', error: { code: 'file_changed' } });
    expect(world.storage.puts).toBe(sentBefore);
  });

  it('is noticed by its size, and can be sent as a new file', async () => {
    const { world, id } = await interrupted();
    const grown = fakeFile('heap.hprof', 120);
    world.queue.attach(id, grown);
    expect(world.file(id)).toMatchObject({ phase: 'failed', error: { code: 'file_changed' } });
    world.queue.startOver(id);
    const [fresh] = world.queue.getSnapshot().files;
    expect(await world.untilOver(fresh?.localId ?? '')).toMatchObject({ phase: 'stored', fileId: 'file-2', sizeBytes: 120 });
    expect(world.portal.content('file-2')).toEqual(grown.content);
  });

  it('of another name and size is called another file', async () => {
    const { world, id } = await interrupted();
    world.queue.attach(id, fakeFile('other.hprof', 90));
    expect(world.file(id)).toMatchObject({ phase: 'failed', error: { code: 'file_differs' } });
  });

  it('is noticed within one page too, when a segment has to be made again', async () => {
    const world = new FakeWorld({ workers: 1, limits: { parallelPuts: 1 } });
    world.storage.onPut = () => undefined;
    const source = fakeFile('a.log', 30);
    const id = world.queue.add({ source, kind: 'os_log' });
    await settle();
    world.queue.pause(id);
    await settle();
    source.content = fakeFile('a.log', 30, 9).content;
    world.storage.onPut = (put) => put.arrive();
    world.queue.resume(id);
    expect(await world.untilOver(id)).toMatchObject({ phase: 'failed', error: { code: 'file_changed' } });
  });
});

describe('a file begun elsewhere', () => {
  it('is finished here, at the level and pace of this device', async () => {
    const { world, source } = await interrupted();
    const elsewhere = world.reload();
    const id = elsewhere.add({ source, kind: 'heap_dump', fileId: 'file-1' });
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.portal.content('file-1')).toEqual(source.content);
  });

  it('and finished there is found stored', async () => {
    const { world, source } = await interrupted();
    const other = world.reload();
    await world.untilOver(other.add({ source, kind: 'heap_dump', fileId: 'file-1' }));
    const sent = world.storage.puts;
    const late = world.reload();
    const id = late.add({ source, kind: 'heap_dump', fileId: 'file-1' });
    expect(await world.untilOver(id)).toMatchObject({ phase: 'stored', receiptUrl: '/receipts/file-1' });
    expect(world.storage.puts).toBe(sent);
  });

  it('and ended there says so', async () => {
    const { world, source } = await interrupted();
    const file = world.portal.files.get('file-1');
    if (file) file.state = 'erased';
    const id = world.reload().add({ source, kind: 'heap_dump', fileId: 'file-1' });
    expect(await world.untilOver(id)).toMatchObject({ phase: 'failed', error: { code: 'no_longer_open' } });
  });

  it('and sent there with other compression is settled by the portal, not mixed', async () => {
    const { world, source, id } = await interrupted();
    // The fourth segment was announced, and arrives late with other bytes than this page would make.
    const announced = world.portal.files.get('file-1')?.segments.get(4);
    expect(announced?.isStored).toBe(false);
    world.storage.objects.set('file-1/4', { sha256: 'f'.repeat(64), body: Uint8Array.of(9, 9) });
    world.queue.attach(id, source);
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.portal.content('file-1')).toEqual(source.content);
  });
});

describe('a file that meanwhile', () => {
  /** At its second segment, somebody else has brought the file into `state`. */
  async function endedElsewhere(state: 'stored' | 'abandoned') {
    const world = new FakeWorld({ workers: 1, limits: { parallelPuts: 1 } });
    world.portal.before = ({ name, number }) => {
      const file = world.portal.files.get('file-1');
      if (name === 'presignSegments' && number === 2 && file) file.state = state;
    };
    return world.untilOver(world.queue.add({ source: fakeFile('heap.hprof', 35), kind: 'heap_dump' }));
  }

  it('another tab has brought to its end is stored', async () => {
    expect(await endedElsewhere('stored')).toMatchObject({ phase: 'stored', receiptUrl: '/receipts/file-1', error: null });
  });

  it('was ended is said to be no longer open', async () => {
    expect(await endedElsewhere('abandoned')).toMatchObject({ phase: 'failed', error: { code: 'no_longer_open' } });
  });
});
