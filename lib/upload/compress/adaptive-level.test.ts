import { describe, expect, it } from 'vitest';
import type { Level } from '../levels';
import { AdaptiveLevel, type LevelQuestion } from './adaptive-level';

/** A heap dump on one worker, read and hashed. */
const AT: Record<Level, { speed: number; ratio: number }> = { 1: { speed: 125, ratio: 3.11 }, 3: { speed: 84, ratio: 3.29 }, 5: { speed: 57, ratio: 3.46 }, 6: { speed: 40, ratio: 3.54 }, 7: { speed: 15, ratio: 3.6 }, 10: { speed: 6.7, ratio: 3.79 } };
const MB = 1e6;

const asked = (uplinkMBps: number | null, backlogMs = 0): LevelQuestion => ({ workers: 2, rawBytes: 32 * MB, uplinkBytesPerSecond: uplinkMBps === null ? null : uplinkMBps * MB, backlogMs });

function work(levels: AdaptiveLevel, uplinkMBps: number, rounds = 10): Level {
  let level: Level = 1;
  for (let round = 0; round < rounds; round++) {
    level = levels.choose(asked(uplinkMBps));
    const { speed, ratio } = AT[level];
    levels.note({ level, rawBytes: 32 * MB, bytes: (32 * MB) / ratio, elapsedMs: (32 / speed) * 1000 });
  }
  return level;
}

describe('the level', () => {
  it('is 1 while nothing is known', () => {
    expect(new AdaptiveLevel().choose(asked(null))).toBe(1);
    expect(new AdaptiveLevel().choose(asked(1))).toBe(1);
  });
  it('stays 1 on a fast link', () => {
    expect(work(new AdaptiveLevel(), 80)).toBe(1);
    expect(work(new AdaptiveLevel(), 1000)).toBe(1);
  });
  it('becomes the tightest on a slow link', () => {
    expect(work(new AdaptiveLevel(), 10)).toBe(6);
    expect(work(new AdaptiveLevel(), 1)).toBe(6);
  });
  it('lies between where that gets the most through', () => {
    expect([3, 5]).toContain(work(new AdaptiveLevel(), 26));
  });
  it('follows a link that becomes fast again', () => {
    const levels = new AdaptiveLevel();
    expect(work(levels, 5)).toBe(6);
    expect(work(levels, 200)).toBe(1);
  });
  it('spends the time that the link has enough to carry on the tightest', () => {
    const slow = new AdaptiveLevel();
    expect(work(slow, 10)).toBe(6);
    expect(slow.choose(asked(10, 12_000))).toBe(10);
    expect(slow.choose(asked(10, 5000)), 'not enough for the tightest').toBe(7);
    expect(slow.choose(asked(10, 1000)), 'the link would wait').toBe(6);
    slow.note({ level: 10, rawBytes: 32 * MB, bytes: 8 * MB, elapsedMs: 8000 });
    expect(slow.choose(asked(10, 12_000)), 'it turned out to be slower').toBe(7);
    expect(slow.choose(asked(10, 100_000))).toBe(10);
    expect(slow.choose({ ...asked(10, 100_000), rawBytes: 128 * MB }), 'a worker would be silent for long').toBe(7);
    const fast = new AdaptiveLevel();
    expect(work(fast, 200)).toBe(1);
    expect(fast.choose(asked(200, 10_000))).toBe(1);
  });
  it('stays 1 where the link merely looks slower because the device is busy', () => {
    expect(work(new AdaptiveLevel(), 50)).toBe(1);
  });
  it('learns nothing from crumbs', () => {
    const levels = new AdaptiveLevel();
    levels.note({ level: 1, rawBytes: 1000, bytes: 900, elapsedMs: 1 });
    expect(levels.choose(asked(1))).toBe(1);
  });
});
