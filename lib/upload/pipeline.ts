import type { Clock } from './ports';
import { Budget } from './waiting';

/** So long after the first PUT began, that nothing was acknowledged says enough about the link (UplinkMeter). */
const LINK_UNKNOWN_MS = 500;

/** Places that what is made ahead leaves free. */
const PLACES_FOR_OTHERS = 2;

/**
 * Places for segments on their way from being made to being stored. While nothing is known of the link there are few: what is made
 * then is compressed as for a fast one, and on a slow link would keep it busy for long. Where the link has turned out to be the slower part
 * there are more, so that it has enough to carry while segments are compressed as tightly as they can be.
 */
export class Pipeline extends Budget {
  readonly #clock: Clock;
  readonly #places: { readonly unknown: number; readonly known: number; readonly slow: number };
  #isKnown = false;
  #isSlow = false;
  #later: (() => void) | null = null;

  constructor(clock: Clock, { unknown, known, slow }: { readonly unknown: number; readonly known: number; readonly slow: number }) {
    super(Math.min(unknown, known));
    this.#clock = clock;
    this.#places = { unknown, known, slow };
  }
  /** So many can be made before somebody sends, and leave places for what is sent before. */
  get mostAhead(): number {
    return Math.max(1, this.#places.known - PLACES_FOR_OTHERS);
  }
  /** So many are made tightly before anything is known of the link: they fit any, so they may be more than the few. */
  makeRoomAhead(count: number): void {
    if (!this.#isKnown) this.resize(Math.min(Math.max(this.#places.unknown, count), this.#places.known));
  }
  putBegins(): void {
    if (!this.#isKnown) this.#later ??= this.#clock.after(LINK_UNKNOWN_MS, () => this.linkIsKnown());
  }
  linkIsKnown(): void {
    if (this.#isKnown) return;
    this.#isKnown = true;
    this.#later?.();
    this.#later = null;
    this.resize(this.#places.known);
  }
  get isSlow(): boolean {
    return this.#isSlow;
  }
  /** The link is known, and slower than what compresses for it. */
  linkIsSlow(): void {
    if (this.#isSlow || this.#places.slow <= this.#places.known) return;
    this.#isSlow = true;
    this.linkIsKnown();
    this.resize(this.#places.slow);
  }
}
