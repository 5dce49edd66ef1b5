import { describe, expect, it } from 'vitest';
import { PIECES, readOptions, UsageError } from './options';
import { markdownTable, median, spread, times } from './table';

describe('figures', () => {
  it('take the middle, and of two the lower', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 8])).toBe(4);
    expect(() => median([])).toThrow(RangeError);
    expect(spread([3, 1, 2], times)).toBe('2.00x (1.00x - 3.00x)');
    expect(spread([3], times)).toBe('3.00x');
  });
  it('stand in a table', () => {
    expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  });
});

describe('options', () => {
  it('name pieces whole or by how they begin', () => {
    expect([...readOptions(['--only', 'heap-50,script']).pieces]).toEqual(['heap-50', 'script-gzip', 'script-pigz', 'script-memory']);
    expect([...readOptions([]).pieces]).toEqual(PIECES.filter((piece) => piece !== 'memory-20g' && piece !== 'huge'));
  });
  it('are refused where they are wrong', () => {
    for (const args of [['--only', 'nothing'], ['--only', ''], ['--runs', '0'], ['--size', '1.5'], ['--unknown'], ['stray']]) expect(() => readOptions(args)).toThrow(UsageError);
  });
});
