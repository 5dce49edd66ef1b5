import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { END_WITH_LAUNCHER, startChild } from './child-process';
import { toolEnvironment } from './compose-environment';
import { countReport, countStep, type Count } from './count-tests';
import { describeExit } from './kept-process';
import { failuresOf } from './report-failures';

/** No step is expected to need half of this, on a loaded machine either. */
const TIME_LIMIT_MS = 30 * 60_000;

/** The tools write to a pipe, and cannot see whether a terminal is at its end. */
const COLOURS: Record<string, string> = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };

/** How much of its output tells of a failure that no report names. */
const LAST_LINES = 12;

export interface StepResult {
  name: string;
  count: Count;
  /** What failed, each with what was said about it; one entry may have several lines. */
  failures: readonly string[];
  seconds: number;
}

export interface ToolStep {
  name: string;
  /** Programs that are run one after the other, each as arguments to Node; the first that fails ends the step. */
  programs: readonly (readonly string[])[];
  /** Where the last program leaves its report as JSON; without one the step counts as one test. */
  reportFile?: string;
  env?: Record<string, string>;
}

export interface StepContext {
  root: string;
  say: (line: string) => void;
  signal: AbortSignal;
  /** Where a program may take longer than any step of `npm test`. */
  timeLimitMs?: number;
}

/** Runs the programs of a step and shows what they print, each line with the step's name before it, since steps run side by side. */
export async function runToolStep({ name, programs, reportFile, env = {} }: ToolStep, { root, say, signal, timeLimitMs = TIME_LIMIT_MS }: StepContext): Promise<StepResult> {
  const began = performance.now();
  if (reportFile) rmSync(reportFile, { force: true });
  let trouble: string | undefined;
  const tail: string[] = [];
  const tell = (line: string) => {
    tail.push(line);
    if (tail.length > LAST_LINES) tail.shift();
    say(`${name} | ${line}`);
  };
  for (const args of programs) {
    trouble ??= await runProgram({ args, root, env: toolEnvironment(process.env, { ...COLOURS, ...env }), say: tell, signal, timeLimitMs });
  }
  if (trouble) tell(trouble);
  const report = reportFile === undefined ? undefined : readReport(reportFile);
  const count = countStep({ ok: trouble === undefined, report: reportFile === undefined ? undefined : (countReport(report) ?? 'missing') });
  const named = failuresOf(report, root);
  const failures = count.failed > 0 && named.length === 0 ? [tail.map((line) => `    ${line}`).join('\n')] : named;
  return { name, count, failures, seconds: (performance.now() - began) / 1000 };
}

/** A report that is not there, because the step ended before it wrote one, is undefined. */
function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Where the reports of this run go; the folder is made. */
export function reportPath(root: string, name: string): string {
  const folder = join(root, '.test');
  mkdirSync(folder, { recursive: true });
  return join(folder, `report-${process.pid}-${name}.json`);
}

type Program = Omit<StepContext, 'timeLimitMs'> & { args: readonly string[]; env: Record<string, string>; timeLimitMs: number };

async function runProgram({ args, root, env, say, signal, timeLimitMs }: Program): Promise<string | undefined> {
  signal.throwIfAborted();
  const child = startChild({ command: process.execPath, args: [...END_WITH_LAUNCHER, ...args], cwd: root, env, output: say });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void child.stop();
  }, timeLimitMs);
  const abort = () => void child.stop();
  signal.addEventListener('abort', abort, { once: true });
  const exit = await child.exited;
  await child.stop(0);
  clearTimeout(timer);
  signal.removeEventListener('abort', abort);
  signal.throwIfAborted();
  if (late) return `Ended after ${timeLimitMs / 60_000} minutes without a result.`;
  return exit.code === 0 ? undefined : `Ended with ${describeExit(exit)}.`;
}
