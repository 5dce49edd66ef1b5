import { describe, expect, it } from 'vitest';
import { nextState } from './moves';
import { daysLater, NDA_COVERING, NDA_EVENTS, NDA_MOVES, NDA_STATES, NDA_UNDER_WAY, ndaTermEnd, remindersDue } from './nda-agreement';

describe('the life of an agreement', () => {
  it('reaches every state from a draft', () => {
    const reached = new Set(['draft']);
    for (const _round of NDA_STATES) for (const event of NDA_EVENTS) if (NDA_MOVES[event].from.some((state) => reached.has(state))) reached.add(NDA_MOVES[event].to);
    expect([...reached].sort()).toEqual([...NDA_STATES].sort());
  });

  it('never leaves what is declined, withdrawn, expired or ended', () => {
    for (const state of ['declined', 'withdrawn', 'expired', 'ended'] as const) for (const event of NDA_EVENTS) expect(nextState(NDA_MOVES, state, event)).toBeNull();
  });

  it('is signed once, by the customer first, and withdrawn only before the countersignature', () => {
    expect([nextState(NDA_MOVES, 'draft', 'sign'), nextState(NDA_MOVES, 'sent', 'sign'), nextState(NDA_MOVES, 'signed', 'sign'), nextState(NDA_MOVES, 'withdrawn', 'sign')]).toEqual(['signed', 'signed', null, null]);
    expect([nextState(NDA_MOVES, 'sent', 'countersign'), nextState(NDA_MOVES, 'signed', 'countersign'), nextState(NDA_MOVES, 'in_force', 'countersign')]).toEqual([null, 'in_force', null]);
    expect([nextState(NDA_MOVES, 'signed', 'withdraw'), nextState(NDA_MOVES, 'in_force', 'withdraw')]).toEqual(['withdrawn', null]);
  });

  it('is under way or covers cases, never both', () => {
    expect(NDA_UNDER_WAY.filter((state) => NDA_COVERING.includes(state))).toEqual([]);
  });

  it('reminds after three and seven days, and holds two years', () => {
    const sent = new Date('2026-11-01T10:00:00.000Z');
    expect([2.9, 3, 6.9, 7, 13].map((days) => remindersDue(sent, daysLater(sent, days)))).toEqual([0, 1, 1, 2, 2]);
    expect(ndaTermEnd(sent).toISOString()).toBe('2028-11-01T10:00:00.000Z');
  });
});
