/**
 * `npm run faults -- [--runs 100] [--seed 1]`: the seeded fault runs of e2e/faults.spec.ts through a real browser. A failing
 * run names its seed, and `--seed N --runs 1` repeats it alone.
 */
import { parseArgs } from 'node:util';
import { runBrowserStep } from './lib/browser-step';
import { buildWeb } from './lib/build-web';
import { closingLine } from './lib/count-tests';
import { stopSignal } from './lib/on-stop';
import { repositoryRoot } from './lib/repository-root';

/** A run takes ten seconds; a broken one ends by its own limit. */
const LONGEST_RUN_MS = 150_000;

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } } });
const [seed, runs] = [values.seed, values.runs].map(Number);
if (!seed || !runs || !Number.isInteger(seed) || !Number.isInteger(runs)) {
  console.error('--runs and --seed are whole numbers from 1.');
  process.exit(1);
}
process.chdir(repositoryRoot);
process.env.E2E_FAULTS = `${seed}:${runs}`;
const say = (line: string) => console.log(line);
const signal = stopSignal();
await buildWeb({ root: repositoryRoot, shell: process.env, signal, onLine: say, onWait: () => say('Another build is under way; waiting for it.') });
const { count } = await runBrowserStep(['e2e/faults.spec.ts'], { root: repositoryRoot, say, signal, timeLimitMs: runs * LONGEST_RUN_MS });
console.log(closingLine(count));
process.exit(count.failed === 0 ? 0 : 1);
