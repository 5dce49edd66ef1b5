import { describe, expect, it } from 'vitest';
import { type FaultOutcome, faultTable, readOutcomes } from './fault-table';

const outcome = (change: Partial<FaultOutcome>): FaultOutcome => ({ seed: 1, client: 'browser', kinds: ['segment cut'], sentAgainBytes: 1_000_000, allowedBytes: 4_000_000, seconds: 9.6, ...change });

describe('the table of fault runs', () => {
  it('adds the runs of each kind and client, and all of a client', () => {
    const runs = [outcome({}), outcome({ seed: 3, kinds: ['segment cut', 'slow link'], sentAgainBytes: 500_000, seconds: 12 }), outcome({ seed: 2, client: 'script', kinds: ['slow link'], sentAgainBytes: 0, allowedBytes: 0 })];
    expect(faultTable(runs).slice(2)).toEqual([
      '| segment cut | browser | 2 | 1.5 / 8.0 | 12 |',
      '| slow link | browser | 1 | 0.5 / 4.0 | 12 |',
      '| slow link | script | 1 | 0.0 / 0.0 | 10 |',
      '| all | browser | 2 | 1.5 / 8.0 | 12 |',
      '| all | script | 1 | 0.0 / 0.0 | 10 |',
    ]);
  });

  it('counts a seed that ran twice with its last run', () => {
    const lines = [outcome({}), outcome({ seed: 3 }), outcome({ sentAgainBytes: 7 })].map((line) => JSON.stringify(line));
    expect(readOutcomes(`${lines.join('\n')}\n`).map(({ seed, sentAgainBytes }) => [seed, sentAgainBytes])).toEqual([[1, 7], [3, 1_000_000]]);
    expect(() => readOutcomes('{"seed":1}\n')).toThrow();
  });
});
