import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toolEnvironment } from './compose-environment';
import { countStep } from './count-tests';
import { Endings } from './endings';
import { openFaultControl } from './fault-control';
import { ensureBrowser } from './find-browser';
import { freePort } from './ports';
import { removeDataFolder } from './postgres-home';
import { sentenceOf } from './start-error';
import { startPortal } from './start-portal';
import { makeSteps } from './steps';
import { reportPath, runToolStep, type StepContext, type StepResult } from './test-step';
import { openTimestampAuthority } from './timestamp-part';

/** The projects of playwright.config.ts: every spec is in exactly one of them. */
export type BrowserProject = 'journeys' | 'pages';

/**
 * Starts a whole portal of its own (fresh data, demo accounts, production build, free ports) and runs Playwright against it. The
 * tests get the portal's environment, so that fixtures reach its database and storage, and its address as E2E_BASE_URL.
 * @param only the project that is run, under its name; without one all of them are, as "browser". Two may run side by side.
 */
export async function runBrowserStep(args: readonly string[], context: StepContext, only?: BrowserProject): Promise<StepResult> {
  const { root, say, signal } = context;
  const name = only ?? 'browser';
  const began = performance.now();
  const tell = (line: string) => say(`${name} | ${line}`);
  const dataDir = join(root, '.test', `e2e-${process.pid}-${name}`);
  const results = join('test-results', name);
  const endings = new Endings();
  let result: StepResult | undefined;
  let trouble = '';
  try {
    ensureBrowser(root, tell);
    mkdirSync(join(root, '.test'), { recursive: true });
    endings.add('test data', () => removeDataFolder(dataDir));
    endings.add('logs', () => keepLogs(join(root, results), dataDir, result));
    const timestamps = await openTimestampAuthority(`${dataDir}-timestamps`, endings);
    const port = await freePort();
    const shell = toolEnvironment(process.env, { ...timestamps.shell, PORT: String(port), AIRLOCK_DATA_DIR: dataDir, LOG_LEVEL: 'debug' }) as NodeJS.ProcessEnv;
    const portal = await startPortal({ root, shell, temporary: true, steps: makeSteps(tell), endings, signal });
    void portal.failed.then(tell);
    const reportFile = reportPath(root, name);
    endings.add('report', () => rmSync(reportFile, { force: true }));
    const program = ['node_modules/@playwright/test/cli.js', 'test', ...(only ? [`--project=${only}`] : []), ...args];
    const env = { ...portal.env, ...wishes(), NODE_ENV: 'test', E2E_BASE_URL: portal.settings.AIRLOCK_URL, E2E_REPORT_FILE: reportFile, E2E_RESULTS: results, ...timestamps.tests, E2E_FAULT_CONTROL: await openFaultControl(portal, endings) };
    result = await runToolStep({ name, programs: [program], reportFile, env }, context);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    trouble = error instanceof Error && error.name === 'StartError' ? error.message : sentenceOf(error);
    tell(trouble);
  } finally {
    for (const trouble of await endings.run()) tell(trouble);
  }
  const { count, failures } = result ?? { count: countStep({ ok: false }), failures: [trouble] };
  return { name, count, failures, seconds: (performance.now() - began) / 1000 };
}

/** After a failure the portal's logs lie beside Playwright's traces. */
function keepLogs(results: string, dataDir: string, result: StepResult | undefined): void {
  const kept = join(results, 'portal-logs');
  rmSync(kept, { recursive: true, force: true });
  const failed = result === undefined || result.count.failed > 0;
  if (failed && existsSync(join(dataDir, 'logs'))) cpSync(join(dataDir, 'logs'), kept, { recursive: true });
}

/**
 * What the shell may wish of the browser tests: where Playwright keeps its browsers, a trace of each test that fails, the folder that
 * pictures of every page go to (e2e/pages.spec.ts), and the seeds of e2e/sending/faults.spec.ts with the file that their outcomes go to.
 */
const WISHES = ['PLAYWRIGHT_BROWSERS_PATH', 'E2E_TRACE', 'E2E_SCREENSHOTS', 'E2E_FAULTS', 'E2E_FAULT_OUTCOMES'] as const;

function wishes(): Record<string, string> {
  return Object.fromEntries(WISHES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
