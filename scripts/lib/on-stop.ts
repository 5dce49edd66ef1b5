import { setTimeout as delay } from 'node:timers/promises';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The reason with which `stopSignal` aborts. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP, and when npm, which runs the command, is gone without a word (kill -9, a closed
 * terminal). Later signals change nothing: the ending is under way and has its own time limits. A terminal that no longer reads
 * is no error.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (why: string) => controller.abort(new Stopped(why));
  for (const name of SIGNALS) process.on(name, () => stop(name));
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  if (process.env.npm_lifecycle_event) void watchParent(process.ppid, stop, controller.signal);
  return controller.signal;
}

async function watchParent(parent: number, stop: (why: string) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (process.ppid !== parent) stop('npm is gone');
    await delay(500, undefined, { ref: false });
  }
}
