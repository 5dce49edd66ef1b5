import { makeCustomer } from '@/prisma/seed/library';
import { CLIENTS, planFaults, tellPlan } from '@/tests/fault-proxy/plan-faults';
import { runFaults, runLimitMs } from '../support/fault-run';
import { test } from '../support/test';

/** `<first seed>:<how many>:<client>`, as `npm run faults` sets it; otherwise a few quick ones of many kinds for both clients. */
const [first, runs, only] = (process.env.E2E_FAULTS ?? '').split(':');
const client = CLIENTS.find((name) => name === only);
const seeds = first && runs ? Array.from({ length: Number(runs) }, (_, at) => Number(first) + at) : [1, 2, 9, 18, 23, 60];

test.describe('a file arrives whole and once, whatever breaks on the way', () => {
  for (const seed of seeds) {
    const plan = planFaults(seed, client);
    test(tellPlan(plan), async ({ browser, launchOptions, folder }) => {
      test.setTimeout(runLimitMs(plan) + 80_000);
      await runFaults({ browser, launchOptions, customer: await makeCustomer({ name: 'Cleo Customer' }), folder, plan });
    });
  }
});
