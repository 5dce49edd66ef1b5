import { describe, expect, it } from 'vitest';
import { nextState } from './moves';
import { askForRawAccessInput, RAW_ACCESS_EVENTS, RAW_ACCESS_MOVES, RAW_ACCESS_STATES, RAW_REQUEST_HOURS, rawAccessStateAt, watermarkedName } from './raw-access';

const id = '018f0000-0000-7000-8000-000000000001';

describe('the life of a raw access grant', () => {
  it('is these moves and no others', () => {
    const moves = RAW_ACCESS_STATES.flatMap((state) => RAW_ACCESS_EVENTS.flatMap((event) => {
      const to = nextState(RAW_ACCESS_MOVES, state, event);
      return to === null ? [] : [`${state}: ${event} -> ${to}`];
    }));
    expect(moves).toEqual(['asked: grant -> granted', 'asked: refuse -> refused', 'asked: revoke -> revoked', 'asked: end -> ended', 'granted: revoke -> revoked', 'granted: end -> ended']);
  });

  it('is over with its hours, and a request with its day', () => {
    const createdAt = new Date('2026-11-27T10:00:00Z');
    const endsAt = new Date('2026-11-27T14:00:00Z');
    const lapsesAt = new Date(createdAt.getTime() + RAW_REQUEST_HOURS * 3_600_000);
    expect(rawAccessStateAt({ state: 'granted', createdAt, endsAt }, new Date(endsAt.getTime() - 1))).toBe('granted');
    expect(rawAccessStateAt({ state: 'granted', createdAt, endsAt }, endsAt)).toBe('ended');
    expect(rawAccessStateAt({ state: 'asked', createdAt, endsAt: null }, new Date(lapsesAt.getTime() - 1))).toBe('asked');
    expect(rawAccessStateAt({ state: 'asked', createdAt, endsAt: null }, lapsesAt)).toBe('ended');
    expect(rawAccessStateAt({ state: 'refused', createdAt, endsAt: null }, lapsesAt)).toBe('refused');
  });
});

it('a request for raw access names files, a reason and at most four hours', () => {
  const form = { reference: 'AL-0000-0000', reason: 'The histogram shows no strings.', fileIds: id, hours: '2' };
  expect(askForRawAccessInput.parse(form)).toEqual({ ...form, fileIds: [id], hours: 2 });
  for (const change of [{ reason: '' }, { fileIds: undefined }, { hours: '5' }, { hours: '0' }, { hours: '1.5' }, { approvedById: id }]) {
    expect(askForRawAccessInput.safeParse({ ...form, ...change }).success, JSON.stringify(change)).toBe(false);
  }
});

it('a copy says in its name whose it is, and nothing of the file but its extension', () => {
  const mark = { reference: 'AL-7K3M-Q2ZD', grantId: 'g', pseudonym: 'p' };
  expect(watermarkedName({ ...mark, safeName: 'java_pid4711.hprof' })).toBe('AL-7K3M-Q2ZD.grant-g.reader-p.hprof.gz');
  expect(watermarkedName({ ...mark, safeName: 'catalina.log.gz' })).toBe('AL-7K3M-Q2ZD.grant-g.reader-p.log.gz');
  expect(watermarkedName({ ...mark, safeName: null })).toBe('AL-7K3M-Q2ZD.grant-g.reader-p.gz');
  expect(watermarkedName({ ...mark, safeName: 'x."; filename=evil' })).toBe('AL-7K3M-Q2ZD.grant-g.reader-p.gz');
});
