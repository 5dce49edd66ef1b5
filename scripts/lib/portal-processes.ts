import type { Environment } from '@/server/env';
import { END_WITH_LAUNCHER, startChild, type StartedChild } from './child-process';
import { NEXT } from './build-web';
import type { Endings } from './endings';
import { describeExit, keepRunning, type KeptProcess } from './kept-process';
import { lastWords, openProcessLog } from './process-log';
import { StartError } from './start-error';

interface ProcessOptions {
  root: string;
  settings: Environment;
  env: Record<string, string>;
  endings: Endings;
  say: (sentence: string) => void;
  signal?: AbortSignal;
}

const WORKER_PATIENCE_MS = 60_000;

/** Starts the worker and resolves when it says that it is ready (a line `ready` on its standard output). */
export async function startWorker({ root, settings, env, endings, say, signal }: ProcessOptions): Promise<KeptProcess> {
  const log = openProcessLog(settings.AIRLOCK_DATA_DIR, 'worker');
  endings.add('log of the worker', log.close);
  let ready: () => void = () => undefined;
  const isReady = new Promise<'ready'>((resolve) => (ready = () => resolve('ready')));
  const start = () =>
    startChild({
      command: process.execPath,
      args: [...END_WITH_LAUNCHER, '--import', 'tsx', 'worker/main.ts'],
      cwd: root,
      env,
      output: (line) => {
        if (line.trim() === 'ready') ready();
        else log.write(line);
      },
    });
  const first = start();
  const kept = keptUntilReady('worker', first, start, say);
  endings.add('worker', kept.stop);
  const outcome = await within(WORKER_PATIENCE_MS, Promise.race([isReady, first.exited]), signal);
  if (outcome === 'ready') return kept.keep();
  if (outcome === undefined) throw new StartError(`The worker is not ready after ${WORKER_PATIENCE_MS / 1000} s. What it said is in ${log.file}.`);
  throw new StartError(`The worker does not start (${describeExit(outcome)}): ${lastWords(log.tail())} What it said is in ${log.file}.`);
}

/** Starts the web process. Whether it answers is for `waitForHealth` to find out. */
export function startWeb({ root, settings, env, endings, say, dev }: ProcessOptions & { dev: boolean }): { ended: Promise<string>; keep: () => KeptProcess } {
  const log = openProcessLog(settings.AIRLOCK_DATA_DIR, 'web');
  endings.add('log of the web process', log.close);
  const start = () =>
    startChild({
      command: process.execPath,
      args: [...END_WITH_LAUNCHER, NEXT, dev ? 'dev' : 'start', '-p', String(settings.PORT), '-H', settings.AIRLOCK_HOST],
      cwd: root,
      env,
      output: dev ? 'inherit' : log.write,
    });
  const first = start();
  const kept = keptUntilReady('web process', first, start, say);
  endings.add('web process', kept.stop);
  const ended = first.exited.then((exit) => `The web process does not start (${describeExit(exit)}): ${lastWords(log.tail())} What it said is in ${log.file}.`);
  return { ended, keep: kept.keep };
}

/** A process that ends before it was ready once is a failed start; only from then on it is kept running. */
function keptUntilReady(name: string, first: StartedChild, start: () => StartedChild, say: (sentence: string) => void): { keep: () => KeptProcess; stop: () => Promise<void> } {
  let kept: KeptProcess | undefined;
  return {
    keep: () => (kept = keepRunning({ name, first, start, say })),
    stop: () => (kept ? kept.stop() : first.stop()),
  };
}

async function within<Value>(milliseconds: number, promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value | undefined> {
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    void promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    });
  });
}
