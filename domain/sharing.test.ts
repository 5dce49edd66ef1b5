import { describe, expect, it } from 'vitest';
import { nextState } from './moves';
import { askForSharingInput, MAX_SHARING_DAYS, SHARING_EVENTS, SHARING_MOVES, SHARING_OPEN, SHARING_STATES, sharingStateAt } from './sharing';

const id = '018f0000-0000-7000-8000-000000000001';
const form = { reference: 'AL-0000-0000', recipientEmail: 'Kim@Partner.example', purpose: 'To read the heap histogram.', fileIds: id, days: '7' };

describe('the life of a sharing request', () => {
  it('is these moves and no others', () => {
    const moves = SHARING_STATES.flatMap((state) => SHARING_EVENTS.flatMap((event) => {
      const to = nextState(SHARING_MOVES, state, event);
      return to === null ? [] : [`${state}: ${event} -> ${to}`];
    }));
    expect(moves).toEqual([
      'asked: approve -> approved', 'asked: refuse -> refused', 'asked: withdraw -> withdrawn', 'asked: end -> ended',
      'approved: withdraw -> withdrawn', 'approved: end -> ended',
    ]);
    expect(SHARING_OPEN).toEqual(['asked', 'approved']);
  });

  it('is over from the moment of its end date, whether or not a job has said so', () => {
    const endsAt = new Date('2026-11-27T10:00:00Z');
    const before = new Date(endsAt.getTime() - 1);
    expect(SHARING_STATES.map((state) => sharingStateAt({ state, endsAt }, before))).toEqual(SHARING_STATES);
    expect(SHARING_STATES.map((state) => sharingStateAt({ state, endsAt }, endsAt))).toEqual(['ended', 'ended', 'refused', 'withdrawn', 'ended']);
  });
});

describe('the form that asks for sharing', () => {
  it('takes one file or several, each once', () => {
    expect(askForSharingInput.parse(form)).toEqual({ ...form, recipientEmail: 'kim@partner.example', fileIds: [id], days: 7, withCaseNotes: false });
    expect(askForSharingInput.parse({ ...form, fileIds: [id, id], withCaseNotes: 'on' })).toMatchObject({ fileIds: [id], withCaseNotes: true });
  });

  it('refuses what is missing, too long, too much or not its own', () => {
    const wrong = [{ fileIds: undefined }, { fileIds: 'x' }, { days: '0' }, { days: String(MAX_SHARING_DAYS + 1) }, { days: '1.5' }, { days: 'NaN' }, { purpose: ' ' }, { recipientEmail: 'kim' }, { endsAt: '2099-01-01' }];
    for (const change of wrong) expect(askForSharingInput.safeParse({ ...form, ...change }).success, JSON.stringify(change)).toBe(false);
  });
});
