import { describe, expect, it } from 'vitest';
import { FileProgress } from './file-progress';
import { FakeClock, settle } from './testing/fake-clock';
import type { FlyingPut } from './testing/fake-storage';
import { problemError } from './testing/fake-portal';
import { fakeFile, FakeWorld } from './testing/fake-world';
import { UplinkMeter } from './uplink-meter';

const HOURS = 3_600_000;
const URL_LIVES_MS = 15 * 60_000;

/** A laptop whose lid is closed over ten segments, of which two are stored and two are on their way. */
async function asleep(hours: number, { onTheWay }: { onTheWay: (put: FlyingPut) => void }) {
  const world = new FakeWorld({ limits: { parallelPuts: 2 } });
  const source = fakeFile('heap.hprof', 100);
  const flying: FlyingPut[] = [];
  world.storage.onPut = (put) => (world.storage.puts <= 2 ? put.arrive() : void flying.push(put));
  const id = world.queue.add({ source, kind: 'heap_dump' });
  await settle();
  expect(flying).toHaveLength(2);
  world.storage.onPut = (put) => put.arrive();
  flying.forEach(onTheWay);
  await world.clock.sleep(hours * HOURS);
  const untilStored = async () => {
    const file = await world.untilOver(id);
    expect(file).toMatchObject({ phase: 'stored', segmentsStored: 10 });
    expect(world.portal.content('file-1')).toEqual(source.content);
    expect(world.portal.files.size).toBe(1);
  };
  return { world, id, flying, untilStored };
}

describe('a laptop that slept for hours', () => {
  it('sends again only what was on its way, whose connections died without a word', async () => {
    const { world, flying, untilStored } = await asleep(8, { onTheWay: () => undefined });
    expect(flying.every(({ isOver }) => isOver), 'they stood still for longer than is waited').toBe(true);
    await untilStored();
    expect(world.storage.puts).toBe(10 + 2);
  });

  it('finds what had arrived before, though nobody heard the answers', async () => {
    const { world, untilStored } = await asleep(8, { onTheWay: (put) => put.arriveAfterAbort() });
    await untilStored();
    expect(world.storage.puts, 'nothing is sent again').toBe(10);
    expect(world.storage.objects.size).toBe(10);
  });

  it('goes on the same when its clock stood still meanwhile, as that of a page may', async () => {
    const { world, untilStored } = await asleep(0, { onTheWay: () => undefined });
    expect(world.storage.flying).toHaveLength(2);
    await untilStored();
    expect(world.storage.puts).toBe(10 + 2);
    expect(world.clock.now(), 'the stall limit, and the pause before another attempt').toBeGreaterThanOrEqual(30_000);
  });

  it('asks for new addresses where those it held have expired', async () => {
    const world = new FakeWorld({ limits: { parallelPuts: 2 } });
    const issuedAt = new Map<string, number>();
    world.portal.after = async ({ name }) => {
      if (name !== 'presignSegments') return;
      for (const url of world.storage.signed.keys()) if (!issuedAt.has(url)) issuedAt.set(url, world.clock.now());
      // The answer is on its way when the lid is closed.
      await new Promise<void>((resolve) => world.clock.after(200, resolve));
    };
    world.storage.onPut = (put) => {
      if (world.clock.now() - (issuedAt.get(put.url) ?? 0) < URL_LIVES_MS) put.arrive();
      else put.answer({ status: 403, errorCode: 'AccessDenied', errorMessage: 'Request has expired' });
    };
    const id = world.queue.add({ source: fakeFile('a.log', 50), kind: 'os_log' });
    await world.clock.advance(100);
    // Shorter than a call of the portal may take, by the clock of a page that stood still for most of it.
    world.portal.after = () => undefined;
    for (const url of issuedAt.keys()) issuedAt.set(url, -3 * HOURS);
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.storage.puts).toBe(5 + 2);
  });

  it('asks to sign in where the session has ended, and keeps the queue', async () => {
    const world = new FakeWorld({ limits: { parallelPuts: 2 } });
    let isSignedIn = true;
    world.storage.onPut = (put) => void world.clock.after(1000, () => put.arrive());
    world.portal.before = () => {
      if (!isSignedIn) throw problemError(401, 'unauthenticated');
    };
    const id = world.queue.add({ source: fakeFile('a.log', 100), kind: 'os_log' });
    await world.clock.advance(2500);
    isSignedIn = false;
    await world.clock.sleep(10 * HOURS);
    await world.clock.advance(60_000);
    expect(world.file(id).phase).toBe('signed-out');
    isSignedIn = true;
    world.queue.signedInAgain();
    expect((await world.untilOver(id)).phase).toBe('stored');
  });

  it('does not wait for what it was waiting for when the lid was closed', async () => {
    const world = new FakeWorld();
    let isBusy = true;
    world.storage.onPut = (put) => (isBusy ? put.answer({ status: 503, retryAfterSeconds: 300 }) : put.arrive());
    const id = world.queue.add({ source: fakeFile('a.log', 35), kind: 'os_log' });
    await settle();
    isBusy = false;
    await world.clock.sleep(2 * HOURS);
    await settle();
    expect((await world.untilOver(id)).phase).toBe('stored');
    expect(world.clock.now()).toBe(2 * HOURS);
  });

  it('says so where the portal has given the upload up meanwhile', async () => {
    const { world, id } = await asleep(49, { onTheWay: () => undefined });
    const file = world.portal.files.get('file-1');
    if (file) file.state = 'abandoned';
    expect(await world.untilOver(id)).toMatchObject({ phase: 'failed', error: { code: 'no_longer_open' } });
    expect(world.storage.loadedBytes).toBe(0);
  });

  it('tells no speed of before, and no time left of days', () => {
    const progress = new FileProgress(1000);
    const body = new ArrayBuffer(0);
    progress.made(1, { rawSizeBytes: 500, rawSha256: '', sizeBytes: 500, sha256: '', body, method: 'stored', elapsedMs: 1 });
    progress.sent(1, 100, 0);
    progress.sent(1, 200, 1000);
    expect(progress.numbers(1000)).toMatchObject({ bytesPerSecond: 100, secondsLeft: 8 });
    const woken = 8 * HOURS;
    expect(progress.numbers(woken)).toMatchObject({ bytesPerSecond: null, secondsLeft: null });
    progress.sent(1, 300, woken + 1000);
    progress.sent(1, 400, woken + 2000);
    expect(progress.numbers(woken + 2000)).toMatchObject({ bytesPerSecond: 100, secondsLeft: 6 });
  });

  it('does not take its link for a slow one for long', async () => {
    const clock = new FakeClock();
    const uplink = new UplinkMeter(clock);
    const put = async (milliseconds: number, isAcknowledged = true) => {
      const ended = uplink.begin(20_000_000);
      await clock.advance(milliseconds);
      ended(isAcknowledged);
    };
    for (let at = 0; at < 8; at++) await put(1000);
    expect(uplink.bytesPerSecond()).toBeCloseTo(20_000_000, -3);
    await put(8 * HOURS, false);
    for (let at = 0; at < 20; at++) await put(1000);
    expect(uplink.bytesPerSecond()).toBeGreaterThan(15_000_000);
  });
});
