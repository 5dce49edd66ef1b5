/** Numbers and choices that are the same at each run (a linear congruential generator: Numerical Recipes, 7.1). */
export class SeededText {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }
  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new RangeError('There is nothing to pick from.');
    return choice;
  }
}
