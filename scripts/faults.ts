/**
 * `npm run faults -- [--runs 100] [--seed 1] [--client both|browser|script] [--append]`: the seeded fault runs of
 * e2e/sending/faults.spec.ts through a real browser (odd seeds) and the script (even seeds), or all of them by one client. A failing run
 * names its seed, and `--seed N --runs 1` repeats it alone. The table at the end is of the runs that kept every promise; with
 * `--append` also of those of commands before, so that a hundred runs can be made in parts.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultTable, readOutcomes } from '../tests/fault-proxy/fault-table';
import { runBrowserStep } from './lib/browser-step';
import { buildWeb } from './lib/build-web';
import { closingLine } from './lib/count-tests';
import { stopSignal } from './lib/on-stop';
import { repositoryRoot } from './lib/repository-root';

/** A run takes ten seconds, one that waits a minute two; a broken one ends by its own limit. */
const LONGEST_RUN_MS = 200_000;

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' }, client: { type: 'string', default: 'both' }, append: { type: 'boolean', default: false } },
});
const [seed, runs] = [values.seed, values.runs].map(Number);
if (!seed || !runs || !Number.isInteger(seed) || !Number.isInteger(runs) || seed < 1 || runs < 1) {
  console.error('--runs and --seed are whole numbers from 1.');
  process.exit(1);
}
if (!['both', 'browser', 'script'].includes(values.client)) {
  console.error('--client is both, browser or script.');
  process.exit(1);
}
process.chdir(repositoryRoot);
const outcomes = join(repositoryRoot, 'test-results', 'faults.jsonl');
mkdirSync(join(repositoryRoot, 'test-results'), { recursive: true });
if (!values.append) rmSync(outcomes, { force: true });
process.env.E2E_FAULTS = `${seed}:${runs}:${values.client}`;
process.env.E2E_FAULT_OUTCOMES = outcomes;
const say = (line: string) => console.log(line);
const signal = stopSignal();
await buildWeb({ root: repositoryRoot, shell: process.env, signal, onLine: say, onWait: () => say('Another build is under way; waiting for it.') });
const { count } = await runBrowserStep(['e2e/sending/faults.spec.ts'], { root: repositoryRoot, say, signal, timeLimitMs: runs * LONGEST_RUN_MS });
if (existsSync(outcomes)) for (const line of ['', ...faultTable(readOutcomes(readFileSync(outcomes, 'utf8'))), '']) say(line);
console.log(closingLine(count));
process.exit(count.failed === 0 ? 0 : 1);
