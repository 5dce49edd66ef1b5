import { type Level, LEVELS } from '../levels';

/**
 * What a level does relative to level 1, measured on heap dumps and logs; taken until a level was seen at work on the
 * content at hand.
 */
const PRIOR: Readonly<Record<Level, { readonly speed: number; readonly ratio: number }>> = {
  1: { speed: 1, ratio: 1 },
  3: { speed: 0.7, ratio: 1.05 },
  5: { speed: 0.52, ratio: 1.12 },
  6: { speed: 0.36, ratio: 1.16 },
};
/** A change of level must promise this much, so that noise does not make it flutter. */
const WORTH_CHANGING = 1.05;
const NEWEST_WEIGHT = 0.4;

type Seen = { rawBytesPerMs: number; ratio: number };

/**
 * Chooses the level that gets the most raw bytes to storage: the smaller of what the workers compress and what the link
 * carries. A fast link asks for level 1; below about 15 MB/s of uplink the tighter levels win.
 */
export class AdaptiveLevel {
  readonly #seen = new Map<Level, Seen>();
  #current: Level = 1;
  #last: Level = 1;

  /** One segment was compressed by one worker. */
  note(segment: { level: Level; rawBytes: number; bytes: number; elapsedMs: number }): void {
    if (segment.rawBytes < 256 * 1024 || segment.elapsedMs <= 0) return;
    const now = { rawBytesPerMs: segment.rawBytes / segment.elapsedMs, ratio: segment.rawBytes / segment.bytes };
    const before = this.#seen.get(segment.level);
    const mix = (old: number, fresh: number) => old + (fresh - old) * NEWEST_WEIGHT;
    this.#seen.set(segment.level, before ? { rawBytesPerMs: mix(before.rawBytesPerMs, now.rawBytesPerMs), ratio: mix(before.ratio, now.ratio) } : now);
    this.#last = segment.level;
  }

  /** @param uplinkBytesPerSecond null where nothing was acknowledged yet */
  choose(workers: number, uplinkBytesPerSecond: number | null): Level {
    if (uplinkBytesPerSecond === null || this.#seen.size === 0) return this.#current;
    const speed = (level: Level) => {
      const { rawBytesPerMs, ratio } = this.#estimate(level);
      return Math.min(rawBytesPerMs * 1000 * workers, uplinkBytesPerSecond * ratio);
    };
    const best = LEVELS.reduce<Level>((winner, level) => (speed(level) > speed(winner) ? level : winner), this.#current);
    if (speed(best) > speed(this.#current) * WORTH_CHANGING) this.#current = best;
    return this.#current;
  }

  #estimate(level: Level): Seen {
    const seen = this.#seen.get(level);
    if (seen) return seen;
    const measured = this.#seen.get(this.#last) ?? { rawBytesPerMs: 1, ratio: 1 };
    const [from, to] = [PRIOR[this.#last], PRIOR[level]];
    return { rawBytesPerMs: (measured.rawBytesPerMs * to.speed) / from.speed, ratio: (measured.ratio * to.ratio) / from.ratio };
  }
}
