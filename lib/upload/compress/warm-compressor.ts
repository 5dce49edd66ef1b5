import type { Level } from '../levels';
import type { Compressor } from './compressor';

/** Enough for a browser to compile the hot part of a WebAssembly module anew and well (V8: tier-up by work done); at level 10 it takes a tenth of a second. */
const WARM_UP = { bytes: 64 * 1024, times: 8 };
const sample = Uint8Array.from({ length: WARM_UP.bytes }, (_, at) => ((at * at) >> 7) & 0x3f);

/** libdeflate compresses by other functions at level 1, from 2, from 5 and from 10 on (deflate_compress.c: fastest, greedy, lazy, near-optimal). */
function representative(level: Level): Level {
  if (level >= 10) return 10;
  if (level >= 5) return 6;
  return level >= 2 ? 3 : 1;
}

/**
 * A compressor whose code is fast before it is used: a segment is one long call, and a call that has begun on slow code ends on it.
 * Warming up and work take turns, since both use the compressor's one buffer.
 */
export class WarmCompressor {
  readonly #made: Promise<Compressor>;
  readonly #warm = new Set<Level>();
  #last: Promise<unknown>;

  constructor(made: Promise<Compressor>) {
    this.#made = made;
    this.#last = made;
  }

  /** Works with the compressor alone, when all who asked before are done. @param level that is going to be used, null for none */
  use<T>(level: Level | null, work: (compressor: Compressor) => Promise<T>): Promise<T> {
    const turn = async () => {
      const compressor = await this.#made;
      if (level !== null) await this.#warmUp(compressor, representative(level));
      return work(compressor);
    };
    const mine = this.#last.then(turn, turn);
    this.#last = mine;
    return mine;
  }
  /** Gets a level ready, in its turn. */
  warm(level: Level): Promise<void> {
    return this.use(level, async () => undefined);
  }

  async #warmUp(compressor: Compressor, level: Level): Promise<void> {
    if (this.#warm.has(level)) return;
    this.#warm.add(level);
    if (compressor.name === 'libdeflate') for (let time = 0; time < WARM_UP.times; time++) await compressor.gzip(sample, level);
  }
}
