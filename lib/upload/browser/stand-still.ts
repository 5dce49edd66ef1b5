import type { Clock } from '../ports';

/** The limit is looked at in halves, so that the first look after a laptop's sleep ends nothing that was merely asleep. */
const HALVES = 2;

/**
 * Calls `onStill` once when a piece of work has given no sign for `limitMs`, or up to half of that later. A device that slept wakes with
 * its timer overdue: that counts as one half of the limit, and work that goes on gives a sign within the other.
 */
export class StandStill {
  readonly #clock: Clock;
  readonly #halfMs: number;
  #onStill: (() => void) | null;
  /** Below zero: a sign came since the last look. */
  #silentHalves = 0;
  #disarm: () => void = () => undefined;

  constructor(clock: Clock, limitMs: number, onStill: () => void) {
    this.#clock = clock;
    this.#halfMs = limitMs / HALVES;
    this.#onStill = onStill;
    this.#arm();
  }

  /** It may come many times a second and must cost nothing, so the timer runs on. */
  sign(): void {
    this.#silentHalves = -1;
  }
  /** Lets go of what is watched too: a browser keeps a timer that was taken back until it would have fired. */
  end(): void {
    this.#disarm();
    this.#onStill = null;
  }

  #arm(): void {
    this.#disarm = this.#clock.after(this.#halfMs, () => {
      this.#silentHalves += 1;
      if (this.#silentHalves < HALVES) this.#arm();
      else this.#onStill?.();
    });
  }
}
