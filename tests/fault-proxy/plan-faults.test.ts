import { describe, expect, it } from 'vitest';
import { planFaults, tellPlan } from './plan-faults';

describe('the faults of a seed', () => {
  it('are the same each time, and tell themselves', () => {
    expect(planFaults(17)).toEqual(planFaults(17));
    expect(tellPlan(planFaults(17))).toMatch(/^seed 17: [3-5] segments, /);
  });

  it('over a hundred seeds hold every kind', () => {
    const told = Array.from({ length: 100 }, (_, at) => tellPlan(planFaults(at + 1))).join('\n');
    for (const kind of ['reset-request at put', 'lose-answer at put', 'lose-answer at portal', '500 InternalError', '503 SlowDown', '403 AccessDenied at put', 'network-off', 'reload at', 'browser-killed', 'clock wrong by -1 day', 'clock wrong by 1 day']) {
      expect(told).toContain(kind);
    }
    expect(told).not.toContain('403 AccessDenied at portal');
  });
});
