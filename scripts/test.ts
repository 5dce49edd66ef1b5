/**
 * `npm test`: lint, types, unit tests, integration tests, the build, browser tests. Goes on after a failure, so that one run shows all
 * of them, and ends with `N passed, N failed`. `npm run integration` and `npm run e2e` run a part, and take what vitest or
 * Playwright take, such as a path.
 */
import { rmSync } from 'node:fs';
import { type BrowserProject, runBrowserStep } from './lib/browser-step';
import { buildWeb } from './lib/build-web';
import { closingLine, countStep, sumCounts } from './lib/count-tests';
import { findBrowser } from './lib/find-browser';
import { stopSignal } from './lib/on-stop';
import { repositoryRoot } from './lib/repository-root';
import { sentenceOf } from './lib/start-error';
import { removeDeadRuns } from './lib/test-folders';
import { ensureHeadlessShell, ensurePdfsig, thisMachine } from './lib/test-packages';
import { reportPath, runToolStep, type StepContext, type StepResult } from './lib/test-step';

const [part, ...more] = process.argv.slice(2);
const context: StepContext = { root: repositoryRoot, say: (line) => console.log(line), signal: stopSignal() };
process.chdir(repositoryRoot);
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
process.exit(await run());

async function run(): Promise<number> {
  try {
    const results = await runPart();
    // The output of steps that run side by side is long; what failed is told once more at its end.
    for (const { name, failures } of results) for (const failure of failures) console.log(`${name} failed: ${failure}`);
    for (const { name, count, seconds } of results) console.log(`${name.padEnd(12)} ${closingLine(count).padEnd(24)} ${seconds.toFixed(1).padStart(6)} s`);
    const total = sumCounts(results.map(({ count }) => count));
    console.log(closingLine(total));
    return total.failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(context.signal.aborted ? 'The tests were stopped before their end.' : error);
    console.log(closingLine(countStep({ ok: false })));
    return 1;
  }
}

async function runPart(): Promise<StepResult[]> {
  if (part === 'integration') return [await vitest('integration', more)];
  if (part === 'e2e') return await e2e();
  if (part !== undefined) throw new Error(`There is no part "${part}": integration, e2e, or nothing for all.`);
  // Two lanes, for two cores. The browser needs the build; types wait for it too, because both write the route types below .next.
  const built = build();
  // Both lanes ask for the packages; installed once, before either does.
  const checker = pdfsig();
  const shell = checker.then(headlessShell);
  const journeys = async () => [await built, await shell.then(async () => browse(await built, 'journeys')), ...(await lintAndTypes())];
  const rest = async () => [await checker.then(() => vitest('unit')), await vitest('integration'), await browse(await built, 'pages')];
  return (await together([journeys(), rest()])).flat();
}

async function e2e(): Promise<StepResult[]> {
  const [built] = await Promise.all([build(), pdfsig().then(headlessShell)]);
  return [built, await browse(built)];
}

async function pdfsig(): Promise<void> {
  await ensurePdfsig((sentence) => context.say(`pdfsig | ${sentence}`), thisMachine(process.env, context.signal));
}

async function headlessShell(): Promise<void> {
  await ensureHeadlessShell((sentence) => context.say(`browser | ${sentence}`), thisMachine(process.env, context.signal), findBrowser());
}

async function lintAndTypes(): Promise<StepResult[]> {
  const lint = await runToolStep({ name: 'lint', programs: [['node_modules/eslint/bin/eslint.js', '.']] }, context);
  const types = await runToolStep({ name: 'types', programs: [['node_modules/next/dist/bin/next', 'typegen'], ['node_modules/typescript/bin/tsc', '--noEmit']] }, context);
  return [lint, types];
}

async function vitest(project: 'unit' | 'integration', args: readonly string[] = []): Promise<StepResult> {
  const reportFile = reportPath(repositoryRoot, project);
  const program = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...args];
  try {
    return await runToolStep({ name: project, programs: [program], reportFile }, context);
  } finally {
    rmSync(reportFile, { force: true });
    removeDeadRuns(repositoryRoot);
  }
}

async function build(): Promise<StepResult> {
  const began = performance.now();
  const say = (line: string) => context.say(`build | ${line}`);
  const failures: string[] = [];
  try {
    const outcome = await buildWeb({ root: repositoryRoot, shell: process.env, signal: context.signal, onLine: say, onWait: () => say('Another build is under way; waiting for it.') });
    say(outcome === 'built' ? 'Built.' : 'The build is up to date.');
  } catch (error) {
    if (context.signal.aborted) throw context.signal.reason;
    const trouble = sentenceOf(error).slice(0, 200);
    say(trouble);
    failures.push(trouble);
  }
  return { name: 'build', count: countStep({ ok: failures.length === 0 }), failures, seconds: (performance.now() - began) / 1000 };
}

/** Without a build there is nothing to browse, which is a failure of its own. */
async function browse(built: StepResult, only?: BrowserProject): Promise<StepResult> {
  if (built.count.failed === 0) return runBrowserStep(more, context, only);
  const name = only ?? 'browser';
  const trouble = 'Not run, because the web app is not built.';
  context.say(`${name} | ${trouble}`);
  return { name, count: countStep({ ok: false }), failures: [trouble], seconds: 0 };
}

/** Waits for all even when one is stopped, so that every part has ended when this returns. */
async function together<Value>(work: readonly Promise<Value>[]): Promise<Value[]> {
  const outcomes = await Promise.allSettled(work);
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}
