import type { Clock } from '../ports';

type Timer = { readonly at: number; readonly order: number; readonly action: () => void };

/** Lets everything that is only waiting for promises run. No time passes. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Time that stands still until the test moves it. */
export class FakeClock implements Clock {
  #now = 0;
  #order = 0;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }
  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.#now + milliseconds, order: this.#order++, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }
  get pending(): number {
    return this.#timers.length;
  }
  /** Moves time on, stopping at each timer on the way. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (let next = this.#next(); next && next.at <= end; next = this.#next()) {
      this.#fire(next);
      await settle();
    }
    this.#now = end;
  }
  /** The device sleeps: time passes, and nothing runs before it wakes, when everything that is overdue does so at once. */
  async sleep(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    for (let next = this.#next(); next && next.at <= this.#now; next = this.#next()) this.#fire(next);
    await settle();
  }
  /** Jumps from timer to timer until `isDone`. @throws where no timer is left, or too many went by */
  async until(isDone: () => boolean, maxTimers = 10_000): Promise<void> {
    await settle();
    for (let fired = 0; !isDone(); fired++) {
      // What `isDone` itself set going may not have come to its timer yet.
      if (!this.#next()) await settle();
      const next = this.#next();
      if (!next || fired > maxTimers) throw new Error(next ? 'It does not come to an end.' : 'Nothing is left that could happen.');
      this.#fire(next);
      await settle();
    }
  }

  #next(): Timer | undefined {
    return [...this.#timers].sort((one, other) => one.at - other.at || one.order - other.order)[0];
  }
  #fire(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.#now = Math.max(this.#now, timer.at);
    timer.action();
  }
}
