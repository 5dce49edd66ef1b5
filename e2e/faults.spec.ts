import { makeCustomer } from '@/prisma/seed/library';
import { planFaults, tellPlan } from '../tests/fault-proxy/plan-faults';
import { runFaults } from './support/fault-run';
import { test } from './support/test';

/** `<first seed>:<how many>`, as `node scripts/run.mjs faults` sets it; otherwise a few that hold a loss, a reset, a reload and a killed browser. */
const [first, runs] = (process.env.E2E_FAULTS ?? '').split(':').filter(Boolean).map(Number);
const seeds = first && runs ? Array.from({ length: runs }, (_, at) => first + at) : [1, 4, 8];

test.describe('a file arrives whole and once, whatever breaks on the way', () => {
  for (const seed of seeds) {
    const plan = planFaults(seed);
    test(tellPlan(plan), async ({ browser, folder }) => {
      await runFaults({ browser, customer: await makeCustomer({ name: 'Cleo Customer' }), folder, plan });
    });
  }
});
