import { describe, expect, it } from 'vitest';
import type { Level } from '../levels';
import { AdaptiveLevel } from './adaptive-level';

/** A heap dump at 90 MB/s and 3.05 : 1 by level 1, on one worker. */
const AT: Record<Level, { speed: number; ratio: number }> = { 1: { speed: 90, ratio: 3.05 }, 3: { speed: 65, ratio: 3.2 }, 5: { speed: 48, ratio: 3.4 }, 6: { speed: 31, ratio: 3.52 }, 7: { speed: 20, ratio: 3.6 } };
const MB = 1e6;

function work(levels: AdaptiveLevel, uplinkMBps: number, rounds = 10): Level {
  let level: Level = 1;
  for (let round = 0; round < rounds; round++) {
    level = levels.choose(2, uplinkMBps * MB);
    const { speed, ratio } = AT[level];
    levels.note({ level, rawBytes: 32 * MB, bytes: (32 * MB) / ratio, elapsedMs: (32 / speed) * 1000 });
  }
  return level;
}

describe('the level', () => {
  it('is 1 while nothing is known', () => {
    expect(new AdaptiveLevel().choose(2, null)).toBe(1);
    expect(new AdaptiveLevel().choose(2, 1)).toBe(1);
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
  it('spends the time of workers that wait for a slow link on the tightest, unless that would keep the link waiting', () => {
    const slow = new AdaptiveLevel();
    expect(work(slow, 10)).toBe(6);
    expect(slow.choose(2, 10 * MB, true)).toBe(7);
    expect(slow.choose(2, 10 * MB, false)).toBe(6);
    slow.note({ level: 7, rawBytes: 32 * MB, bytes: 8 * MB, elapsedMs: 8000 });
    expect(slow.choose(2, 10 * MB, true)).toBe(6);
    const fast = new AdaptiveLevel();
    expect(work(fast, 200)).toBe(1);
    expect(fast.choose(2, 200 * MB, true)).toBe(1);
  });
  it('learns nothing from crumbs', () => {
    const levels = new AdaptiveLevel();
    levels.note({ level: 1, rawBytes: 1000, bytes: 900, elapsedMs: 1 });
    expect(levels.choose(2, 1)).toBe(1);
  });
});
