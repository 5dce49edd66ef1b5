import { describe, expect, it } from 'vitest';
import { SeededRandom } from '@/tests/fixtures/random';
import type { FakeFile } from './testing/fake-device';
import { settle } from './testing/fake-clock';
import { problemError } from './testing/fake-portal';
import type { FlyingPut } from './testing/fake-storage';
import { fakeFile, FakeWorld } from './testing/fake-world';
import { NetworkError, WorkerFailedError } from './upload-errors';

const RUNS = 300;
const SEGMENT_BYTES = 10;
const MEMORY_BYTES = 64;
/** Each attempt fails with about this chance; a run of twenty failures is then as good as impossible. */
const TROUBLE = 0.25;

/** One world with trouble of every kind, all of it decided by the seed. */
class TroubledWorld extends FakeWorld {
  readonly chance: SeededRandom;
  isSignedIn = true;

  constructor(seed: number) {
    const chance = new SeededRandom(seed);
    super({
      segmentBytes: SEGMENT_BYTES,
      maxParallel: 1 + chance.below(4),
      workers: 1 + chance.below(3),
      limits: { activeFiles: 1 + chance.below(3), parallelPuts: 1 + chance.below(4), memoryBytes: MEMORY_BYTES },
      random: () => chance.fraction(),
    });
    this.chance = chance;
    this.storage.onPut = (put) => void this.clock.after(chance.below(400), () => this.#meet(put));
    this.portal.before = () => this.#disturb();
    this.portal.after = () => this.#disturb();
    this.workers.before = () => this.#prepare();
  }

  #meet(put: FlyingPut): void {
    if (put.isOver) return this.chance.below(3) === 0 ? put.arriveAfterAbort() : undefined;
    if (this.chance.fraction() > TROUBLE) return put.arrive();
    if (!this.connectivity.isOnline()) return put.cut();
    const troubles: (() => void)[] = [
      () => put.cut(),
      () => put.loseAnswer(),
      () => put.answer({ status: 503, errorCode: 'SlowDown' }),
      () => put.answer({ status: 500 }),
      () => put.answer({ status: 403, errorCode: 'AccessDenied', errorMessage: 'Request has expired' }),
      () => put.progress(this.chance.below(put.bytes)),
    ];
    this.chance.pick(troubles)();
  }
  async #disturb(): Promise<void> {
    await new Promise<void>((resolve) => this.clock.after(this.chance.below(100), resolve));
    if (!this.isSignedIn) throw problemError(401, 'unauthenticated');
    if (this.chance.fraction() > TROUBLE / 2) return;
    throw this.chance.pick([() => new NetworkError('cut'), () => problemError(503, 'not_ready'), () => problemError(429, 'rate_limited', {}, 2)])();
  }
  async #prepare(): Promise<void> {
    await new Promise<void>((resolve) => this.clock.after(this.chance.below(80), resolve));
    if (this.chance.fraction() < 0.02) throw new WorkerFailedError('out of memory');
  }

  /** Something that a person or a network does. */
  interfere(ids: readonly string[]): void {
    const id = this.chance.pick(ids);
    const deeds: (() => void)[] = [
      () => this.queue.pause(id),
      () => this.queue.resume(id),
      () => this.queue.pauseAll(),
      () => this.queue.resumeAll(),
      () => this.connectivity.set(!this.connectivity.isOnline()),
      () => (this.isSignedIn = false),
      () => void this.clock.sleep(3_600_000 * (1 + this.chance.below(12))),
      () => this.calm(),
    ];
    this.chance.pick(deeds)();
  }
  /** Everything that a person can mend is mended. */
  calm(): void {
    this.connectivity.set(true);
    this.isSignedIn = true;
    this.queue.signedInAgain();
    this.queue.resumeAll();
    for (const file of this.queue.getSnapshot().files) if (file.phase === 'failed') this.queue.retry(file.localId);
  }
}

async function live(world: TroubledWorld, sources: readonly FakeFile[]): Promise<string[]> {
  let ids = sources.map((source) => world.queue.add({ source, kind: 'other' }));
  for (let deed = 0; deed < 12; deed++) {
    await world.clock.advance(world.chance.below(1500));
    world.interfere(ids);
    if (world.chance.below(12) === 0) ids = await reload(world, sources);
  }
  return ids;
}

/** Only what is stored and what the portal knows outlives the page. */
async function reload(world: TroubledWorld, sources: readonly FakeFile[]): Promise<string[]> {
  const known = world.queue.getSnapshot().files;
  world.queue.pauseAll();
  await settle();
  const queue = world.reload();
  return sources.map((source, position) => queue.add({ source, kind: 'other', fileId: known[position]?.fileId ?? undefined }));
}

describe('any interleaving', () => {
  it(`of ${RUNS} ends with every file stored once and whole, within the bounds`, async () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const world = new TroubledWorld(seed);
      const sources = Array.from({ length: 1 + world.chance.below(3) }, (_, salt) => fakeFile(`${salt}.log`, world.chance.below(120), salt * 50 + 1));
      const ids = await live(world, sources);
      const isOver = () => {
        world.calm();
        return ids.every((id) => world.file(id).phase === 'stored');
      };
      await world.clock.until(isOver);

      ids.forEach((id, position) => {
        const file = world.file(id);
        const where = `seed ${seed}, file ${position}`;
        expect(world.portal.content(file.fileId ?? ''), where).toEqual(sources[position]?.content);
        const count = Math.max(1, Math.ceil((sources[position]?.sizeBytes ?? 0) / SEGMENT_BYTES));
        expect(world.portal.files.get(file.fileId ?? '')?.segments.size, where).toBe(count);
        expect([...world.storage.objects.keys()].filter((key) => key.startsWith(`${file.fileId}/`)).length, where).toBe(count);
      });
      expect(world.storage.mostFlying, `seed ${seed}`).toBeLessThanOrEqual(4);
      // Each fake body has one byte more than its slice, and fewer than a dozen slices fit.
      expect(world.storage.mostLoadedBytes, `seed ${seed}`).toBeLessThanOrEqual(MEMORY_BYTES + 12);
      await world.clock.advance(400_000);
      expect({ seed, left: world.storage.loadedBytes, timers: world.clock.pending }).toEqual({ seed, left: 0, timers: 0 });
    }
  }, 120_000);

  it('of trouble that nobody mends ends in one stated error, with what is stored intact', async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const world = new TroubledWorld(seed);
      const from = 1 + world.chance.below(12);
      const disturb = world.portal.before;
      const deadly = world.chance.pick(['case_closed', 'not_found', 'segment_conflict'] as const);
      world.portal.before = (call) => {
        if (world.portal.calls.length > from && call.name !== 'abandonFile') throw problemError(409, deadly);
        return disturb(call);
      };
      const id = world.queue.add({ source: fakeFile('a.log', 200), kind: 'other' });
      const file = await world.untilOver(id);
      expect(file, `seed ${seed}`).toMatchObject({ phase: 'failed', error: { code: deadly } });
      expect(file.error?.lost).toMatch(/^Nothing is lost/);
      await world.clock.advance(400_000);
      expect(world.storage.loadedBytes, `seed ${seed}`).toBe(0);
    }
  }, 120_000);
});
