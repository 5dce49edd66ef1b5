import type { Clock } from '../ports';

/** Looks at a piece of work in halves of this, so that the first look after a laptop's sleep ends nothing that was merely asleep. */
const HALVES = 2;

/**
 * Calls `onStill` once when a piece of work has given no sign for `limitMs`. A device that slept wakes with every timer overdue at once:
 * that counts as one half of the limit, and work that goes on gives a sign within the other.
 */
export class StandStill {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #onStill: () => void;
  #halves = 0;
  #disarm: () => void = () => undefined;

  constructor(clock: Clock, limitMs: number, onStill: () => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#onStill = onStill;
    this.sign();
  }

  sign(): void {
    this.#halves = 0;
    this.#arm();
  }
  end(): void {
    this.#disarm();
  }

  #arm(): void {
    this.#disarm();
    this.#disarm = this.#clock.after(this.#limitMs / HALVES, () => {
      this.#halves += 1;
      if (this.#halves < HALVES) this.#arm();
      else this.#onStill();
    });
  }
}
