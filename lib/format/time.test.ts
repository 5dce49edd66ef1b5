import { describe, expect, it } from 'vitest';
import { formatDate, formatDateTime, formatDateTimeSeconds, formatRelative, formatTimeLeft } from './time';

const NOW = Date.parse('2026-11-27T02:20:07.000Z');
const after = (milliseconds: number) => new Date(NOW + milliseconds).toISOString();
const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;

describe('times for people', () => {
  it('are said with their zone', () => {
    expect(formatDate('2026-01-05T23:59:59.000Z')).toBe('5 Jan 2026');
    expect(formatDateTime('2026-11-27T02:20:07.000Z')).toBe('27 Nov 2026, 02:20 UTC');
    expect(formatDateTimeSeconds('2026-11-27T02:20:07.000Z')).toBe('27 Nov 2026, 02:20:07 UTC');
    expect(formatDateTime('yesterday')).toBe('unknown');
  });

  it.each([
    [0, 'just now'],
    [-30_000, 'just now'],
    [-MIN, '1 minute ago'],
    [-90 * MIN, '1 hour ago'],
    [-47 * HOUR, '47 hours ago'],
    [-9 * DAY, '9 days ago'],
    [3 * HOUR, 'in 3 hours'],
    [7 * DAY, 'in 7 days'],
  ])('are relative to now: %d ms is %s', (difference, text) => expect(formatRelative(after(difference), NOW)).toBe(text));

  it.each([
    [-1, 'due'],
    [0, 'due'],
    [30_000, 'under 1 min left'],
    [12 * MIN, '12 min left'],
    [HOUR, '1 h 0 min left'],
    [DAY - 1, '23 h 59 min left'],
    [7 * DAY, '7 d 0 h left'],
    [6 * DAY + 23 * HOUR + 59 * MIN, '6 d 23 h left'],
  ])('never promise more than is left: %d ms is %s', (left, text) => expect(formatTimeLeft(after(left), NOW)).toBe(text));
});
