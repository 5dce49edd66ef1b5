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
  7: { speed: 0.2, ratio: 1.18 },
};
/** Twice the work of 6 for two per cent: worth it for a worker that would otherwise wait for the link. */
const SPARE: Level = 7;
const REGULAR = LEVELS.filter((level) => level !== SPARE);
/** Below this share of what the link carries, what waits for it would be gone before the next segment is made. */
const SPARE_SPEED = 0.6;
/** A change of level must promise this much, so that noise does not make it flutter. */
const WORTH_CHANGING = 1.02;
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

  /**
   * @param uplinkBytesPerSecond null where nothing is known of it
   * @param isAhead whether the workers wait for the link
   */
  choose(workers: number, uplinkBytesPerSecond: number | null, isAhead = false): Level {
    if (uplinkBytesPerSecond === null || this.#seen.size === 0) return this.#current;
    const made = (level: Level) => this.#estimate(level).rawBytesPerMs * 1000 * workers;
    const carried = (level: Level) => uplinkBytesPerSecond * this.#estimate(level).ratio;
    const speed = (level: Level) => Math.min(made(level), carried(level));
    const best = REGULAR.reduce<Level>((winner, level) => (speed(level) > speed(winner) ? level : winner), this.#current);
    if (speed(best) > speed(this.#current) * WORTH_CHANGING) this.#current = best;
    const hasTime = isAhead && this.#current === REGULAR.at(-1) && made(SPARE) > carried(SPARE) * SPARE_SPEED;
    return hasTime ? SPARE : this.#current;
  }

  #estimate(level: Level): Seen {
    const seen = this.#seen.get(level);
    if (seen) return seen;
    const measured = this.#seen.get(this.#last) ?? { rawBytesPerMs: 1, ratio: 1 };
    const [from, to] = [PRIOR[this.#last], PRIOR[level]];
    return { rawBytesPerMs: (measured.rawBytesPerMs * to.speed) / from.speed, ratio: (measured.ratio * to.ratio) / from.ratio };
  }
}
