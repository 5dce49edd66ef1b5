/** Milliseconds: too little to reach anybody. */
const LEAST_MS = 50;

/**
 * How long a step of the portal waits for others, in all: each attempt gets what those before it left, so that a step with two signatures
 * waits no longer than one. Only waiting counts, not the portal's own work.
 */
export class Patience {
  private left: number;

  /** @param milliseconds in all. @param clock milliseconds that never run backwards. */
  constructor(
    milliseconds: number,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.left = milliseconds;
  }

  get isUsedUp(): boolean {
    return this.left < LEAST_MS;
  }

  /** Runs `wait`, which has to end within the milliseconds that it is given. */
  async spend<T>(wait: (milliseconds: number) => Promise<T>): Promise<T> {
    const began = this.clock();
    try {
      return await wait(Math.floor(this.left));
    } finally {
      this.left -= this.clock() - began;
    }
  }
}
