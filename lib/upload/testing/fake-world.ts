import { setMaxListeners } from 'node:events';
import { UploadQueue } from '../engine';
import { DEFAULT_LIMITS, type EngineLimits } from '../engine-context';
import type { FileSnapshot } from '../snapshot';
import { FakeClock } from './fake-clock';
import { FakeConnectivity, FakeFile, FakeWorkers, MemoryLedger } from './fake-device';
import { FakePortal } from './fake-portal';
import { FakeStorage } from './fake-storage';

/** Node warns of more than ten listeners on one signal; several segments in flight have more, and no browser minds. */
setMaxListeners(100);

export interface WorldOptions {
  readonly segmentBytes?: number;
  /** What the engine asks for; the portal's own size unless a test wants them to differ. */
  readonly wishedSegmentBytes?: number;
  readonly maxParallel?: number;
  readonly workers?: number;
  readonly limits?: Partial<EngineLimits>;
  readonly random?: () => number;
}

/** A queue and all that is around it, with nothing real in it. */
export class FakeWorld {
  readonly clock = new FakeClock();
  readonly storage = new FakeStorage();
  readonly connectivity = new FakeConnectivity();
  readonly ledger = new MemoryLedger();
  readonly portal: FakePortal;
  readonly workers: FakeWorkers;
  queue: UploadQueue;
  readonly #options: WorldOptions;
  #ids = 0;

  constructor(options: WorldOptions = {}) {
    this.#options = options;
    this.portal = new FakePortal(this.storage, options);
    this.workers = new FakeWorkers(options.workers ?? 2);
    this.queue = this.reload();
  }
  /** The page is loaded anew: the queue of before is as good as dead, and what the portal and the device remember stays. */
  reload(): UploadQueue {
    const { clock, storage, connectivity, ledger, portal, workers } = this;
    const { random = () => 0.5, limits, wishedSegmentBytes = portal.segmentBytes } = this.#options;
    this.queue = new UploadQueue(
      { clock, connectivity, ledger, portal, workers, transport: storage, random, newId: () => `local-${++this.#ids}`, wallClock: () => this.#ids },
      'AL-TEST',
      { ...DEFAULT_LIMITS, chooseSegmentBytes: () => wishedSegmentBytes, ...limits },
    );
    return this.queue;
  }
  file(localId: string): FileSnapshot {
    const found = this.queue.getSnapshot().files.find((file) => file.localId === localId);
    if (!found) throw new Error(`There is no file ${localId}.`);
    return found;
  }
  /** Lets time pass until the file is stored, failed or cancelled. */
  async untilOver(localId: string): Promise<FileSnapshot> {
    await this.clock.until(() => ['stored', 'failed', 'cancelled'].includes(this.file(localId).phase));
    return this.file(localId);
  }
}

/** A file whose every byte depends on its place. */
export function fakeFile(name: string, sizeBytes: number, salt = 0): FakeFile {
  return new FakeFile(name, Uint8Array.from({ length: sizeBytes }, (_, at) => (at * 31 + (at >> 4) * 7 + salt) & 0xff));
}
