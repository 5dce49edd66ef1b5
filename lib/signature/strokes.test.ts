import { describe, expect, it } from 'vitest';
import { fromUnits, toUnits } from './strokes';

describe('a drawn signature', () => {
  it('is the same after the field was narrower for a while', () => {
    const drawn = toUnits([{ points: [{ x: 10, y: 20, pressure: 0.5, time: 0 }, { x: 150, y: 60, pressure: 0.5, time: 16 }] }], 576);
    const narrow = toUnits(fromUnits(drawn, 312), 312);
    expect(narrow).toEqual(drawn);
    expect(drawn[0]?.[1]).toEqual({ x: 260.4, y: 104.2 });
  });

  it('is nothing where nothing was drawn, and a field without a width divides by nothing', () => {
    expect(toUnits([], 0)).toEqual([]);
    expect(toUnits([{ points: [{ x: 1, y: 1, pressure: 0, time: 0 }] }], 0)).toEqual([[{ x: 1000, y: 1000 }]]);
  });
});
