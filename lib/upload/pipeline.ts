import type { Clock } from './ports';
import { Budget } from './waiting';

/** So long after the first PUT began, that nothing was acknowledged says enough about the link (UplinkMeter). */
const LINK_UNKNOWN_MS = 300;

/**
 * Places for segments on their way from being made to being stored. While nothing is known of the link there are few: what is made
 * then is compressed as for a fast one, and on a slow link would keep it busy for long.
 */
export class Pipeline extends Budget {
  readonly #clock: Clock;
  readonly #places: number;
  #isKnown = false;
  #later: (() => void) | null = null;

  constructor(clock: Clock, { unknown, known }: { readonly unknown: number; readonly known: number }) {
    super(Math.min(unknown, known));
    this.#clock = clock;
    this.#places = known;
  }
  putBegins(): void {
    if (!this.#isKnown) this.#later ??= this.#clock.after(LINK_UNKNOWN_MS, () => this.linkIsKnown());
  }
  linkIsKnown(): void {
    if (this.#isKnown) return;
    this.#isKnown = true;
    this.#later?.();
    this.#later = null;
    this.widen(this.#places);
  }
}
