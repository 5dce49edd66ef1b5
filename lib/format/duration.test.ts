import { describe, expect, it } from 'vitest';
import { formatDuration, formatPercent, formatSecondsLeft, formatSpeed } from './duration';

describe('a length of time', () => {
  it.each([
    [0, 'under 1 s'], [0.2, '1 s'], [59, '59 s'], [59.5, '1 min'], [200, '3 min 20 s'], [3599.9, '1 h'], [3600, '1 h'], [3900, '1 h 5 min'], [3901, '1 h 6 min'],
    [86_399, '1 d'], [86_400, '1 d'], [183_600, '2 d 3 h'],
  ])('of %d s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it('is not invented', () => {
    for (const seconds of [-1, Number.NaN, Infinity]) expect(formatDuration(seconds)).toBe('unknown');
  });
});

describe('what is left', () => {
  it.each([
    [null, 'time left not known yet'], [Infinity, 'time left not known yet'], [0, 'a few seconds left'], [4, 'a few seconds left'], [5, 'about 5 s left'],
    [31, 'about 35 s left'], [56, 'about 1 min left'], [61, 'about 2 min left'], [3601, 'about 1 h 1 min left'],
  ])('%s s: %s', (seconds, text) => expect(formatSecondsLeft(seconds)).toBe(text));
});

describe('speed and share', () => {
  it('are said plainly', () => {
    expect(formatSpeed(13 * 1024 * 1024)).toBe('13 MiB/s');
    expect([null, 0, Number.NaN].map(formatSpeed)).toEqual([null, null, null]);
    expect([0, 0.999, 1, 7, -1, Number.NaN, 0.29].map(formatPercent)).toEqual(['0 %', '99 %', '100 %', '100 %', '0 %', '0 %', '29 %']);
  });
});
