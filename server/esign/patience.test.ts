import { describe, expect, it } from 'vitest';
import { Patience } from './patience';

/** Waits by an injected clock: each takes as long as it is said to, or as long as it may. */
function makeSteps(milliseconds: number) {
  let now = 1_000;
  const patience = new Patience(milliseconds, () => now);
  const given: number[] = [];
  const wait = (takes: number, ends: 'well' | 'badly' = 'well') =>
    patience.spend((limit) => {
      given.push(limit);
      now += Math.min(takes, limit);
      return ends === 'well' && takes <= limit ? Promise.resolve('answer') : Promise.reject(new Error('no answer'));
    });
  return { patience, given, wait, work: (takes: number) => (now += takes), began: 1_000, now: () => now };
}

describe('the patience of a step', () => {
  it('is used up by somebody who never answers, so that the next is not asked', async () => {
    const { patience, given, wait, now, began } = makeSteps(1_200);
    await expect(wait(Number.POSITIVE_INFINITY)).rejects.toThrow('no answer');
    expect(given).toEqual([1_200]);
    expect(patience.isUsedUp).toBe(true);
    expect(now() - began).toBe(1_200);
  });

  it('is shared by all attempts of all signatures, whether they end well or badly', async () => {
    const { patience, given, wait } = makeSteps(1_200);
    await wait(300, 'badly').catch(() => undefined);
    expect(await wait(400)).toBe('answer');
    await wait(900).catch(() => undefined);
    expect(given).toEqual([1_200, 900, 500]);
    expect(patience.isUsedUp).toBe(true);
  });

  it('does not count what the portal does itself', async () => {
    const { patience, given, wait, work } = makeSteps(1_200);
    await wait(100);
    work(5_000);
    expect(patience.isUsedUp).toBe(false);
    await wait(100);
    expect(given).toEqual([1_200, 1_100]);
  });
});
