import { describe, expect, it } from 'vitest';
import { CLIENTS, FAULT_KINDS, kindsOf, planFaults, segmentsToSendAgain, tellPlan } from './plan-faults';

const hundred = Array.from({ length: 100 }, (_, at) => planFaults(at + 1));

describe('the faults of a seed', () => {
  it('are the same each time, and tell themselves', () => {
    expect(planFaults(17)).toEqual(planFaults(17));
    expect(tellPlan(planFaults(17))).toMatch(/^seed 17, browser, [3-5] segments: /);
    expect(planFaults(17, 'script')).toEqual({ ...planFaults(17), client: 'script' });
  });

  it.each(CLIENTS)('over a hundred seeds hold every kind at least twice for the %s', (client) => {
    const plans = hundred.filter((plan) => plan.client === client);
    expect(plans).toHaveLength(50);
    for (const kind of FAULT_KINDS) expect([kind, plans.filter((plan) => kindsOf(plan).includes(kind)).length >= 2]).toEqual([kind, true]);
  });

  it('never let the portal itself refuse, and never let two things happen to a client at once', () => {
    for (const { exchanges, moments } of hundred) {
      expect(exchanges.filter((fault) => fault.target === 'portal' && fault.does === 'answer' && fault.status < 500)).toEqual([]);
      expect(moments.length).toBeLessThanOrEqual(1);
    }
  });

  it('may cost a segment for each broken PUT, and what is in flight where every connection is lost', () => {
    const none = { ...planFaults(1), exchanges: [], moments: [] };
    const put = { kind: 'segment answer lost', does: 'lose-answer', target: 'put', nth: 1 } as const;
    expect(segmentsToSendAgain({ ...none, exchanges: [put, { ...put, target: 'portal' }] }, 4)).toBe(1);
    expect(segmentsToSendAgain({ ...none, moments: [{ kind: 'client killed', share: 0.5 }] }, 4)).toBe(4);
    expect(segmentsToSendAgain({ ...none, moments: [{ kind: 'portal restarted', share: 0.5 }] }, 4)).toBe(0);
  });
});
