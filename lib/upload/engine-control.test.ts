import { describe, expect, it } from 'vitest';
import { settle } from './testing/fake-clock';
import { problemError } from './testing/fake-portal';
import { fakeFile, FakeWorld } from './testing/fake-world';

/** Segments take 100 ms to send, one at a time. */
function slowWorld(options: ConstructorParameters<typeof FakeWorld>[0] = {}): FakeWorld {
  const world = new FakeWorld({ workers: 1, ...options, limits: { parallelPuts: 1, ...options.limits } });
  world.storage.onPut = (put) => void world.clock.after(100, () => put.arrive());
  return world;
}

describe('pause and resume', () => {
  it('stop what is in flight, keep what is stored, and go on from there', async () => {
    const world = slowWorld();
    const source = fakeFile('a.log', 100);
    const id = world.queue.add({ source, kind: 'os_log' });
    await world.clock.advance(350);
    world.queue.pause(id);
    await settle();
    expect(world.file(id)).toMatchObject({ phase: 'paused', segmentsStored: 3 });
    expect(world.storage.flying).toHaveLength(0);
    expect(world.storage.loadedBytes).toBe(0);
    await world.clock.advance(60_000);
    expect(world.storage.puts).toBe(4);

    world.queue.resume(id);
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.portal.content('file-1')).toEqual(source.content);
    expect(world.storage.puts).toBe(11);
    expect(world.workers.hashed, 'what was read since the file was chosen is not read again').toEqual([]);
  });

  it('in the same breath lose nothing', async () => {
    const world = slowWorld();
    const id = world.queue.add({ source: fakeFile('a.log', 50), kind: 'os_log' });
    await world.clock.advance(120);
    for (let turn = 0; turn < 5; turn++) {
      world.queue.pause(id);
      world.queue.resume(id);
    }
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.storage.objects.size).toBe(5);
  });

  it('find a segment that arrived while its PUT was being aborted', async () => {
    const world = slowWorld();
    const id = world.queue.add({ source: fakeFile('a.log', 50), kind: 'os_log' });
    await settle();
    const { url } = world.storage.flying[0] ?? { url: '' };
    world.storage.flying[0]?.loseAnswer();
    world.queue.pause(id);
    await settle();
    expect(url).not.toBe('');
    world.queue.resume(id);
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.storage.sentTwice).toEqual([]);
  });

  it('of one file leave the place to another', async () => {
    const world = slowWorld({ limits: { activeFiles: 1 } });
    const first = world.queue.add({ source: fakeFile('a.log', 50), kind: 'os_log' });
    const second = world.queue.add({ source: fakeFile('b.log', 50), kind: 'os_log' });
    await world.clock.advance(120);
    world.queue.pause(first);
    expect((await world.untilOver(second)).phase).toBe('stored');
    expect(world.file(first).phase).toBe('paused');
  });

  it('of all files stop and go on with all', async () => {
    const world = slowWorld();
    const ids = ['a', 'b', 'c', 'd'].map((name) => world.queue.add({ source: fakeFile(`${name}.log`, 30), kind: 'os_log' }));
    await world.clock.advance(150);
    world.queue.pauseAll();
    await settle();
    expect(ids.map((id) => world.file(id).phase)).toEqual(['paused', 'paused', 'paused', 'paused']);
    expect(world.queue.getSnapshot().isBusy).toBe(false);
    world.queue.resumeAll();
    for (const id of ids) expect((await world.untilOver(id)).phase).toBe('stored');
  });
});

describe('cancel', () => {
  it('ends the upload and tells the portal', async () => {
    const world = slowWorld();
    const id = world.queue.add({ source: fakeFile('a.log', 50), kind: 'os_log' });
    await world.clock.advance(250);
    await world.queue.cancel(id);
    expect(world.file(id)).toMatchObject({ phase: 'cancelled', error: null });
    expect(world.portal.files.get('file-1')?.state).toBe('abandoned');
    expect(world.storage.flying).toHaveLength(0);
    expect(world.ledger.rows.size).toBe(0);
    expect(world.queue.hasCancelled('file-1')).toBe(true);
    await world.clock.advance(60_000);
    expect(world.storage.puts).toBe(3);
  });

  it('before its turn sends nothing at all', async () => {
    const world = slowWorld({ limits: { activeFiles: 1 } });
    world.queue.add({ source: fakeFile('a.log', 50), kind: 'os_log' });
    const id = world.queue.add({ source: fakeFile('b.log', 50), kind: 'os_log' });
    await world.queue.cancel(id);
    await world.clock.advance(5000);
    expect(world.portal.files.size).toBe(1);
    world.queue.remove(id);
    expect(world.queue.getSnapshot().files).toHaveLength(1);
  });

  it('that comes too late says that the file is stored', async () => {
    const world = slowWorld();
    const id = world.queue.add({ source: fakeFile('a.log', 5), kind: 'os_log' });
    world.portal.after = ({ name }) => (name === 'completeFile' ? new Promise<void>(() => undefined) : undefined);
    await world.clock.advance(150);
    expect(world.file(id).phase).toBe('checking');
    await world.queue.cancel(id);
    expect(world.file(id).phase).toBe('stored');
  });

  it('of all ends all that is not over', async () => {
    const world = slowWorld();
    const stored = world.queue.add({ source: fakeFile('a.log', 5), kind: 'os_log' });
    await world.untilOver(stored);
    const ids = ['b', 'c'].map((name) => world.queue.add({ source: fakeFile(`${name}.log`, 50), kind: 'os_log' }));
    await world.clock.advance(50);
    await world.queue.cancelAll();
    expect([stored, ...ids].map((id) => world.file(id).phase)).toEqual(['stored', 'cancelled', 'cancelled']);
  });

  it('holds although the portal cannot be told', async () => {
    const world = slowWorld();
    const id = world.queue.add({ source: fakeFile('a.log', 50), kind: 'os_log' });
    await world.clock.advance(150);
    world.portal.before = ({ name }) => {
      if (name === 'abandonFile') throw problemError(422, 'validation_failed');
    };
    await world.queue.cancel(id);
    expect(world.file(id).phase).toBe('cancelled');
  });
});

describe('after a failure', () => {
  it('"try again" goes on from what is stored', async () => {
    const world = slowWorld();
    const id = world.queue.add({ source: fakeFile('a.log', 50), kind: 'os_log' });
    world.portal.before = ({ name, number }) => {
      if (name === 'presignSegments' && number === 3) throw problemError(409, 'case_closed');
    };
    expect((await world.untilOver(id)).error?.code).toBe('case_closed');
    const sent = world.storage.puts;
    expect(world.file(id).segmentsStored).toBe(2);
    world.queue.retry(id);
    expect(await world.untilOver(id)).toMatchObject({ phase: 'stored', error: null });
    expect(world.storage.puts).toBe(sent + 3);
  });

  it('"start over" sends the file as a new one in the same place of the list', async () => {
    const world = slowWorld({ limits: { activeFiles: 1 } });
    const id = world.queue.add({ source: fakeFile('a.log', 30), kind: 'os_log', requestId: 'request-1' });
    world.queue.add({ source: fakeFile('b.log', 5), kind: 'os_log' });
    world.portal.before = ({ name, number }) => {
      if (name === 'presignSegments' && number === 2) throw problemError(409, 'segment_conflict');
    };
    expect((await world.untilOver(id)).error?.action).toMatch(/Start over/);
    world.queue.startOver(id);
    const [fresh] = world.queue.getSnapshot().files;
    expect(fresh?.localId).not.toBe(id);
    expect(await world.untilOver(fresh?.localId ?? '')).toMatchObject({ phase: 'stored', name: 'a.log' });
    expect(world.portal.files.get('file-1')?.state).toBe('abandoned');
    expect(world.queue.hasCancelled('file-1')).toBe(true);
    expect(world.portal.files.get(world.queue.getSnapshot().files[0]?.fileId ?? '')?.request.requestId).toBe('request-1');
  });

  it('a file that is over can be taken from the list, and one that runs cannot', async () => {
    const world = slowWorld();
    const id = world.queue.add({ source: fakeFile('a.log', 5), kind: 'os_log' });
    world.queue.remove(id);
    expect(world.queue.getSnapshot().files).toHaveLength(1);
    await world.untilOver(id);
    await settle();
    world.queue.remove(id);
    expect(world.queue.getSnapshot().files).toHaveLength(0);
  });

  it('what is not in the list is not minded', async () => {
    const world = slowWorld();
    for (const name of ['pause', 'resume', 'retry', 'startOver', 'remove', 'cancel', 'allowReading'] as const) await world.queue[name]('nobody');
    world.queue.attach('nobody', fakeFile('a.log', 5));
    expect(world.queue.setKind('nobody', 'other')).toBe(false);
    expect(world.queue.getSnapshot().files).toEqual([]);
  });
});
