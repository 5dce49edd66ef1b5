import { expect, it } from 'vitest';
import { EnvironmentError } from '../env';
import { judgeClock } from './check-storage';
import { judgeExpiry, judgeKeeping, judgeWorker } from './check-surroundings';
import { look } from './diagnosis';

const now = new Date('2026-11-27T12:00:00.000Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

it('says how far a clock is off, and from when on that matters', () => {
  const off = (seconds: number) => judgeClock('storage', { theirs: later(seconds), asked: now, answered: now });
  expect(off(1).severity).toBe('ok');
  expect(off(-20)).toMatchObject({ severity: 'warn', found: 'This machine\'s clock is 20 s off from that of the storage.' });
  expect(off(86_400).severity).toBe('fail');
});

it('does not count the time that a slow answer takes as an error of the clock', () => {
  expect(judgeClock('storage', { theirs: later(10), asked: now, answered: later(20) }).severity).toBe('ok');
});

it('warns three weeks before a certificate ends', () => {
  const ends = (days: number) => judgeExpiry('seal', 'The certificate', later(days * 86_400 + 60), now);
  expect(ends(60).severity).toBe('ok');
  expect(ends(20)).toMatchObject({ severity: 'warn', found: 'The certificate ends on 2026-12-17, in 20 days.' });
  expect(ends(-1)).toMatchObject({ severity: 'fail', found: 'The certificate ended on 2026-11-26.' });
});

it('tells what a part failed with by its code, without what the driver says', async () => {
  const [found] = await look('database', 'Start it.', () => Promise.reject(Object.assign(new Error('password of ada@example.com'), { code: 'ECONNREFUSED' })));
  expect(found).toEqual({ part: 'database', severity: 'fail', found: 'It did not answer as it should (ECONNREFUSED).', remedy: 'Start it.' });
});

it('tells what happened first, and what is wrong with the environment in its own words', async () => {
  const found = async (error: Error) => (await look('clock', 'Mend it.', () => Promise.reject(error)))[0]?.found;
  expect(await found(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) }))).toBe('It did not answer as it should (ENOTFOUND).');
  expect(await found(new EnvironmentError(['DATABASE_URL is not set.']))).toBe('DATABASE_URL is not set.');
});

it('misses a worker that was not seen for two minutes', () => {
  expect(judgeWorker(later(-119).toISOString(), now).severity).toBe('ok');
  expect(judgeWorker(later(-120).toISOString(), now)).toMatchObject({ severity: 'fail', found: 'No worker was seen since 2026-11-27T11:58:00.000Z.' });
  expect(judgeWorker(null, now)).toMatchObject({ severity: 'fail', found: 'No worker was ever seen.' });
});

it('does not call a portal healthy that answers and does not keep its dates, or whose audit log did not hold', () => {
  const at = (seconds: number) => later(seconds).toISOString();
  const well = { retention: { state: 'ok', swept: at(-30), overdue: 0 }, audit: { state: 'ok', checked: at(-600) }, reconciler: { seen: at(-300) } } as const;
  const severities = (change: Partial<Parameters<typeof judgeKeeping>[0]>) => judgeKeeping({ ...well, ...change }, now).map(({ severity }) => severity);
  expect(severities({})).toEqual(['ok', 'ok', 'ok']);
  expect(severities({ retention: { state: 'failing', swept: null, overdue: 2 } })).toEqual(['fail', 'ok', 'ok']);
  expect(severities({ reconciler: { seen: at(-3600) } })).toEqual(['ok', 'warn', 'ok']);
  expect(severities({ reconciler: { seen: null } })).toEqual(['ok', 'warn', 'ok']);
  expect(severities({ audit: { state: 'failing', checked: at(-600) } })).toEqual(['ok', 'ok', 'fail']);
});
