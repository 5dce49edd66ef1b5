/**
 * `npm run erasure-faults -- [--runs 200] [--seed 1] [--objects 10000]`: erasures and expiries against a real PostgreSQL and storage that is refused, cut, half done or left by a killed
 * worker as each seed says (server/erasure/erasure-faults.integration.test.ts). A failing run names its seed, and `--seed N --runs 1` repeats it alone.
 * Then one case with many objects is erased, and how long that took is told.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { closingLine } from './lib/count-tests';
import { stopSignal } from './lib/on-stop';
import { repositoryRoot } from './lib/repository-root';
import { removeDeadRuns } from './lib/test-folders';
import { reportPath, runToolStep } from './lib/test-step';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, objects: { type: 'string', default: '10000' } } });
const numbers = [values.seed, values.runs, values.objects].map(Number);
if (numbers.some((number) => !Number.isInteger(number) || number < 1) || (numbers[2] ?? 0) % 10 !== 0) {
  console.error('--runs, --seed and --objects are whole numbers from 1, and the objects a multiple of 10.');
  process.exit(1);
}
process.chdir(repositoryRoot);
const reportFile = reportPath(repositoryRoot, 'erasure-faults');
const program = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'integration', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, 'server/erasure/erasure-faults.integration.test.ts'];
const { count } = await runToolStep({ name: 'erasure', programs: [program], reportFile, env: { ERASURE_FAULTS: numbers.join(':') } }, { root: repositoryRoot, say: (line) => console.log(line), signal: stopSignal() });
rmSync(reportFile, { force: true });
removeDeadRuns(repositoryRoot);
console.log(closingLine(count));
process.exit(count.failed === 0 ? 0 : 1);
