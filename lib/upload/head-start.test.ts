import { describe, expect, it } from 'vitest';
import { settle } from './testing/fake-clock';
import { problemError } from './testing/fake-portal';
import { fakeFile, FakeWorld } from './testing/fake-world';
import { sleep } from './waiting';

describe('the first segments', () => {
  it('are made while the portal reserves the file, one for each worker, and once', async () => {
    const world = new FakeWorld({ workers: 2 });
    world.portal.before = ({ name }) => (name === 'reserveFile' ? sleep(world.clock, 1000, new AbortController().signal) : undefined);
    const id = world.queue.add({ source: fakeFile('a.log', 95), kind: 'os_log' });
    await world.clock.advance(500);
    expect(world.workers.prepared).toEqual([0, 10]);
    expect(world.file(id)).toMatchObject({ fileId: null, segmentCount: null });
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.workers.prepared).toHaveLength(10);
  });

  it('are made anew where the portal cuts the file in another way', async () => {
    const world = new FakeWorld({ wishedSegmentBytes: 35, limits: { memoryBytes: 70 } });
    const source = fakeFile('a.log', 95);
    expect(await world.untilOver(world.queue.add({ source, kind: 'os_log' }))).toMatchObject({ phase: 'stored', segmentCount: 10, segmentsStored: 10 });
    expect(world.portal.content('file-1')).toEqual(source.content);
    expect(world.storage.puts).toBe(10);
  });

  it('keep nothing from others where the portal refuses the file, and do not stand in the way of another try', async () => {
    let wish = 10;
    const world = new FakeWorld({ workers: 2, limits: { memoryBytes: 20, chooseSegmentBytes: () => wish } });
    world.portal.before = ({ name, number }) => {
      if (name === 'reserveFile' && number === 1) throw problemError(409, 'policy_not_accepted');
    };
    const refused = world.queue.add({ source: fakeFile('a.log', 95), kind: 'os_log' });
    expect((await world.untilOver(refused)).phase).toBe('failed');
    const other = world.queue.add({ source: fakeFile('b.log', 95, 1), kind: 'os_log' });
    expect((await world.untilOver(other)).phase).toBe('stored');
    wish = 20;
    world.queue.retry(refused);
    expect((await world.untilOver(refused)).phase).toBe('stored');
    expect([world.storage.loadedBytes, world.clock.pending]).toEqual([0, 0]);
  });

  it('are made as soon as the file is expected, and well, so that only the others are left when it is sent', async () => {
    const world = new FakeWorld({ workers: 2 });
    const source = fakeFile('a.log', 95);
    world.queue.expect(source);
    await settle();
    expect(world.workers.prepared).toEqual([0, 10, 20, 30]);
    expect(await world.untilOver(world.queue.add({ source, kind: 'os_log' }))).toMatchObject({ phase: 'stored', segmentsStored: 10 });
    expect(world.workers.prepared).toHaveLength(10);
    expect([1, 2, 3, 4].map((index) => world.storage.objects.get(`file-1/${index}`)?.body[0])).toEqual([6, 6, 6, 6]);
    expect(world.portal.content('file-1')).toEqual(source.content);
    expect([world.storage.loadedBytes, world.clock.pending]).toEqual([0, 0]);
  });

  it('are given up where another file is sent, or none is expected any more', async () => {
    const world = new FakeWorld({ workers: 2, limits: { memoryBytes: 20 } });
    world.queue.expect(fakeFile('a.log', 95));
    await settle();
    const other = fakeFile('b.log', 95, 1);
    expect((await world.untilOver(world.queue.add({ source: other, kind: 'os_log' }))).phase).toBe('stored');
    world.queue.expect(fakeFile('c.log', 95, 2));
    await settle();
    world.queue.expect(null);
    const last = fakeFile('d.log', 95, 3);
    world.queue.expect(last);
    const id = world.queue.add({ source: last, kind: 'os_log' });
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect([world.portal.content('file-1'), world.portal.content('file-2')]).toEqual([other.content, last.content]);
    expect([world.storage.puts, world.clock.pending]).toEqual([20, 0]);
  });

  it('are given up where another file goes on, which waits for no place that they hold', async () => {
    const world = new FakeWorld({ workers: 2 });
    const other = world.queue.add({ source: fakeFile('b.log', 95), kind: 'os_log' });
    world.queue.pause(other);
    await settle();
    world.queue.expect(fakeFile('a.log', 95, 1));
    await settle();
    world.queue.resume(other);
    expect((await world.untilOver(other)).phase).toBe('stored');
    expect([world.storage.loadedBytes, world.clock.pending]).toEqual([0, 0]);
  });

  it('are given up while they are made, where the file is paused', async () => {
    const world = new FakeWorld({ workers: 1 });
    const source = fakeFile('a.log', 95);
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    world.workers.before = () => held;
    world.queue.expect(source);
    await settle();
    const id = world.queue.add({ source, kind: 'os_log' });
    await settle();
    world.queue.pause(id);
    await settle();
    letGo();
    await settle();
    expect([world.workers.prepared, world.workers.running]).toEqual([[], 0]);
    world.queue.resume(id);
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect([world.storage.loadedBytes, world.clock.pending]).toEqual([0, 0]);
  });

  it('that were made of a file that has changed since do not pass for it', async () => {
    const world = new FakeWorld({ workers: 2 });
    const source = fakeFile('a.log', 95);
    world.queue.expect(source);
    await settle();
    source.isUnreadable = true;
    const id = world.queue.add({ source, kind: 'os_log' });
    expect(await world.untilOver(id)).toMatchObject({ phase: 'failed' });
    expect(world.portal.files.get('file-1')?.state).not.toBe('stored');
  });
});
