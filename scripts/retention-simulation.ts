/**
 * `npm run retention-simulation -- [--cases 1000] [--days 60] [--runs 200] [--seed 1]`: whether data is erased in time, by hand. Days of a portal with
 * many cases on a clock of its own, then seeded runs of the sweeper against a storage that fails; both on a real PostgreSQL and the embedded storage, in a
 * folder that is gone afterwards, with the time zone of a place that has summer time.
 */
import { parseArgs } from 'node:util';
import { repositoryRoot } from './lib/repository-root';
import { withScratchPortal } from './lib/scratch-portal';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '1000' }, days: { type: 'string', default: '60' }, runs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } } });
const [cases, days, runs, seed] = [values.cases, values.days, values.runs, values.seed].map(Number);
if (![cases, days, runs, seed].every((value) => Number.isInteger(value) && Number(value) >= 0)) {
  console.error('--cases, --days, --runs and --seed are whole numbers.');
  process.exit(1);
}
process.env.TZ = 'Europe/Dublin';
const problems = await withScratchPortal(repositoryRoot, simulate);
for (const problem of problems.slice(0, 20)) console.error(problem);
console.log(problems.length === 0 ? 'Nothing stayed longer than it may.' : `${problems.length} problems.`);
process.exit(problems.length === 0 ? 0 : 1);

async function simulate(): Promise<readonly string[]> {
  const { verifyAuditChain } = await import('@/server/audit/verify-audit-chain');
  const { RetentionSimulation } = await import('@/tests/retention/simulate-retention');
  const { runSweepFaults } = await import('@/tests/retention/run-sweep-faults');
  const found: string[] = [];
  if (Number(cases) > 0) {
    const report = await new RetentionSimulation({ cases: Number(cases), days: Number(days), seed: Number(seed), say: (line) => console.log(line) }).run();
    const { extensions, problems: late, ...numbers } = report;
    console.log(`${days} days, ${cases} cases: ${JSON.stringify({ ...numbers, extensions })}`);
    found.push(...late, ...(report.latestMs > 60_000 ? [`Something was erased ${report.latestMs} ms after its date.`] : []));
    await emptyBucket();
  }
  let faults = 0;
  for (let run = Number(seed); run < Number(seed) + Number(runs); run += 1) {
    const outcome = await runSweepFaults(run);
    faults += outcome.faults;
    found.push(...outcome.problems);
    if ((run - Number(seed) + 1) % 50 === 0) console.log(`${run - Number(seed) + 1} fault runs, ${faults} faults met, ${found.length} problems`);
  }
  const chain = await verifyAuditChain();
  if (!chain.intact) found.push('The audit chain is broken.');
  return found;
}

/** What the simulated days left, which is due later, would only be in the way of the fault runs. */
async function emptyBucket(): Promise<void> {
  const { sweep } = await import('@/server/retention/sweep');
  await sweep({ now: new Date(Date.now() + 365 * 86_400_000) });
  await sweep({ now: new Date(Date.now() + 367 * 86_400_000) });
}
