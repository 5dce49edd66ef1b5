import { type Level, LEVELS, TIGHT_LEVEL } from '../levels';

/**
 * What a level does relative to level 1, measured on heap dumps and logs, reading and hashing included; taken until a level was seen at work on the
 * content at hand.
 */
const PRIOR: Readonly<Record<Level, { readonly speed: number; readonly ratio: number }>> = {
  1: { speed: 1, ratio: 1 },
  3: { speed: 0.67, ratio: 1.06 },
  5: { speed: 0.46, ratio: 1.12 },
  6: { speed: 0.33, ratio: 1.16 },
  7: { speed: 0.14, ratio: 1.18 },
  10: { speed: 0.054, ratio: 1.24 },
};
/** More work than they gain in time, so only while the link has enough to carry. The tightest first. */
const SPARE = LEVELS.filter((level) => level > TIGHT_LEVEL).reverse();
const REGULAR = LEVELS.filter((level) => level <= TIGHT_LEVEL);
/** Of the time for which the link has something to carry, so much may pass before the next segment is made. */
const SPARE_SHARE = 0.65;
/** A worker cannot be interrupted, and gives no sign of life meanwhile (SILENT_WORKER_MS). */
const LONGEST_SPARE_MS = 20_000;
/** A change of level must promise this much, so that noise does not make it flutter. */
const WORTH_CHANGING = 1.02;
/** Leaving the fastest must promise more: where the device itself is busy, a fast link looks slower than it is. */
const WORTH_LEAVING_FASTEST = 1.08;
const NEWEST_WEIGHT = 0.4;

export interface LevelQuestion {
  readonly workers: number;
  /** Of the segment. */
  readonly rawBytes: number;
  /** Null where nothing is known of the link. */
  readonly uplinkBytesPerSecond: number | null;
  /** For how long the link has something to carry. */
  readonly backlogMs: number | null;
}

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
    // What the spare levels do to one segment tells little of the regular ones.
    if (segment.level <= TIGHT_LEVEL) this.#last = segment.level;
  }

  /** For the next segment. */
  choose({ workers, rawBytes, uplinkBytesPerSecond, backlogMs }: LevelQuestion): Level {
    if (uplinkBytesPerSecond === null || this.#seen.size === 0) return this.#current;
    const made = (level: Level) => this.#estimate(level).rawBytesPerMs * 1000 * workers;
    const carried = (level: Level) => uplinkBytesPerSecond * this.#estimate(level).ratio;
    const speed = (level: Level) => Math.min(made(level), carried(level));
    const best = REGULAR.reduce<Level>((winner, level) => (speed(level) > speed(winner) ? level : winner), this.#current);
    if (speed(best) > speed(this.#current) * (this.#current === LEVELS[0] ? WORTH_LEAVING_FASTEST : WORTH_CHANGING)) this.#current = best;
    if (this.#current !== TIGHT_LEVEL) return this.#current;
    const spareMs = Math.min(LONGEST_SPARE_MS, (backlogMs ?? 0) * SPARE_SHARE);
    return SPARE.find((level) => rawBytes / this.#estimate(level).rawBytesPerMs <= spareMs) ?? this.#current;
  }

  #estimate(level: Level): Seen {
    const seen = this.#seen.get(level);
    if (seen) return seen;
    const measured = this.#seen.get(this.#last) ?? { rawBytesPerMs: 1, ratio: 1 };
    const [from, to] = [PRIOR[this.#last], PRIOR[level]];
    return { rawBytesPerMs: (measured.rawBytesPerMs * to.speed) / from.speed, ratio: (measured.ratio * to.ratio) / from.ratio };
  }
}
