import { describe, expect, it } from 'vitest';
import { FILE_EVENTS, FILE_MOVES, FILE_STATES, FINAL_STATES } from './file-states';
import { nextState } from './moves';

describe('the life of a file', () => {
  it('reaches every state from requested', () => {
    const reached = new Set<string>(['requested']);
    for (let round = 0; round < FILE_STATES.length; round += 1) {
      for (const event of FILE_EVENTS) if (FILE_MOVES[event].from.some((state) => reached.has(state))) reached.add(FILE_MOVES[event].to);
    }
    expect([...reached].sort()).toEqual([...FILE_STATES].sort());
  });

  it('never leaves a final state', () => {
    for (const state of FINAL_STATES) for (const event of FILE_EVENTS) expect(nextState(FILE_MOVES, state, event)).toBeNull();
  });

  it('cannot be verified or receipted before it was stored', () => {
    for (const state of FILE_STATES) expect(nextState(FILE_MOVES, state, 'verify')).toBe(state === 'stored' ? 'verified' : null);
  });

  it('can be erased from every state in which something may be in storage', () => {
    for (const state of ['uploading', 'stored', 'verified', 'analysed', 'quarantined', 'abandoned'] as const) expect(nextState(FILE_MOVES, state, 'erase')).toBe('erased');
  });
});
