import { describe, expect, it } from 'vitest';
import { backstopDays, dueDate, extendableDays, movedDueDate, proposeExtensionInput, retentionProblems, type SweepFacts } from './retention';
import { changePeriodsInput, storedPeriod } from './settings';

const DAY = 24 * 60 * 60 * 1000;
const start = new Date('2027-03-26T12:00:00.000Z');
const day = (days: number) => new Date(start.getTime() + days * DAY);

describe('a day', () => {
  it('has 24 hours, also where clocks are put forward or back', () => {
    expect(dueDate(new Date('2027-03-27T12:00:00Z'), 7).toISOString()).toBe('2027-04-03T12:00:00.000Z');
    expect(dueDate(new Date('2027-10-30T12:00:00Z'), 1).toISOString()).toBe('2027-10-31T12:00:00.000Z');
    expect(dueDate(new Date('2028-02-28T23:59:59.999Z'), 1).toISOString()).toBe('2028-02-29T23:59:59.999Z');
  });
});

describe('a clock that is moved', () => {
  const clock = { startedAt: start, periodDays: 7, dueAt: day(7), extendedDays: 0 };
  it('stands at its start, its period and its extensions', () => {
    expect(movedDueDate({ ...clock, extendedDays: 7 }, day(1))).toEqual(day(14));
    expect(movedDueDate({ ...clock, dueAt: day(14) }, day(3))).toEqual(day(7));
    expect(movedDueDate({ ...clock, periodDays: 3, extendedDays: 5 }, day(3))).toEqual(day(8));
  });

  it('is due at once where its date is past, and never later than it was', () => {
    expect(movedDueDate({ ...clock, dueAt: day(14) }, day(9))).toEqual(day(9));
    expect(movedDueDate({ ...clock, dueAt: day(8) }, day(9))).toEqual(day(8));
  });
});

it('leaves room for every extension before the bucket deletes by itself, whose days begin when the first object of a file is stored', () => {
  expect(backstopDays(7)).toBe(22);
  const left = (sending: number, periodDays = 7) => extendableDays({ reservedAt: day(0), startedAt: day(sending), periodDays }, backstopDays(7));
  expect([left(0), left(1), left(1.01), left(6.9), left(6.9, 3), left(30)]).toEqual([14, 14, 13, 8, 12, 0]);
});

describe('what comes in', () => {
  const fileId = '0190a5b2-7c1d-7e3f-8a4b-5c6d7e8f9a0b';
  it('is whole days up to a week, with a reason', () => {
    expect(proposeExtensionInput.parse({ fileId, days: '7', reason: ' Because. ' })).toEqual({ fileId, days: 7, reason: 'Because.' });
    for (const bad of [{ days: '8' }, { days: '0' }, { days: '1.5' }, { days: '' }, { days: '-1' }, { days: '1e1' }, { reason: ' ' }, { reason: 'a\u202eb' }, { extra: '1' }]) expect(proposeExtensionInput.safeParse({ fileId, days: '1', reason: 'x', ...bad }).success).toBe(false);
  });

  it('is no period longer than the policy\'s, and a broken setting counts as none', () => {
    expect(changePeriodsInput.safeParse({ rawDays: '3', analysisDays: '30' }).success).toBe(true);
    for (const bad of [{ rawDays: '8' }, { analysisDays: '31' }, { rawDays: '0' }, { rawDays: 'x' }]) expect(changePeriodsInput.safeParse({ rawDays: '3', analysisDays: '30', ...bad }).success).toBe(false);
    expect([storedPeriod('raw_file', 3), storedPeriod('raw_file', 8), storedPeriod('raw_file', '3'), storedPeriod('manual_output', null)]).toEqual([3, 7, 7, 1]);
  });
});

describe('the alarm', () => {
  const now = day(10);
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const well: SweepFacts = { sweptAt: minutesAgo(1), workerSince: minutesAgo(600), overdue: 0, oldestDueAt: null, failuresInARow: 0, isAnythingHeld: true };
  const problems = (change: Partial<SweepFacts>) => retentionProblems({ ...well, ...change }, now);

  it('is silent while dates are kept, while nothing is held, and in the first minutes of a worker', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ sweptAt: null, workerSince: null, isAnythingHeld: false })).toEqual([]);
    expect(problems({ sweptAt: minutesAgo(900), workerSince: minutesAgo(1) })).toEqual([]);
    expect(problems({ failuresInARow: 2 })).toEqual([]);
  });

  it('says what is overdue, silent, or failing', () => {
    expect(problems({ overdue: 1 })[0]).toContain('One file or result is past the date');
    expect(problems({ overdue: 3 })[0]).toContain('3 files or results are past the date');
    expect(problems({ sweptAt: minutesAgo(6) })[0]).toContain('has not run for 5 minutes');
    expect(problems({ sweptAt: null, workerSince: null })).toHaveLength(1);
    expect(problems({ failuresInARow: 3 })[0]).toContain('The last 3 sweeps');
    expect(problems({ sweptAheadAt: day(11) })[0]).toContain('the clock of a machine was set back, or ran ahead');
  });
});
