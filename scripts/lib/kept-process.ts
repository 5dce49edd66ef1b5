import { setTimeout as delay } from 'node:timers/promises';
import type { Exit, StartedChild } from './child-process';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** After this many ends within `WINDOW_MS` the process is given up. */
const ENDS_ALLOWED = 5;
const WINDOW_MS = 120_000;

export interface KeptProcess {
  /** Resolves with a sentence when the process was given up; stays pending otherwise. */
  givenUp: Promise<string>;
  /** Ends it as a crash would; it is started again as after any end. For tests. */
  crash: () => Promise<void>;
  stop: () => Promise<void>;
}

/**
 * How long to wait before a process that ended is started again, in milliseconds, given the times of its ends; undefined where
 * it ends so often that it is given up. The pause doubles with each end in the window.
 */
export function pauseBeforeRestart(ends: readonly number[], now: number): number | undefined {
  const recent = ends.filter((time) => now - time < WINDOW_MS).length;
  if (recent > ENDS_ALLOWED) return undefined;
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, recent - 1), LONGEST_PAUSE_MS);
}

/** Keeps a process running: when it ends by itself, `say` is told and it is started again, until it is stopped or given up. */
export function keepRunning({ name, first, start, say }: { name: string; first: StartedChild; start: () => StartedChild; say: (sentence: string) => void }): KeptProcess {
  const stopping = new AbortController();
  let child = first;
  const ends: number[] = [];

  const watch = async (): Promise<string> => {
    for (;;) {
      const exit = await child.exited;
      if (stopping.signal.aborted) return await new Promise<never>(() => undefined);
      await child.stop(0);
      ends.push(Date.now());
      const pause = pauseBeforeRestart(ends, Date.now());
      if (pause === undefined) return `The ${name} ended ${ends.length} times (${describeExit(exit)}) and is not started again.`;
      say(`The ${name} ended (${describeExit(exit)}); starting it again in ${pause / 1000} s.`);
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted) child = start();
    }
  };

  return {
    givenUp: watch(),
    crash: () => child.stop(0),
    stop: async () => {
      stopping.abort();
      await child.stop();
    },
  };
}

/** `code 1` or `signal SIGSEGV`. */
export function describeExit({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `code ${code ?? 'unknown'}`;
}
