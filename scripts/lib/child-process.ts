import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { signal } from './processes';

/** Flags by which a Node process ends when the launcher is gone. */
export const END_WITH_LAUNCHER = ['--import', new URL(`end-with-launcher.mjs?launcher=${process.pid}`, import.meta.url).href];

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface StartedChild {
  pid: number;
  exited: Promise<Exit>;
  /** SIGTERM, then after `patienceMs` SIGKILL to it and to whatever it has started. Resolves when it is gone. */
  stop: (patienceMs?: number) => Promise<void>;
}

export interface ChildOptions {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
  /** Called with each line of its output, or 'inherit' for output straight to the terminal. */
  output: ((line: string) => void) | 'inherit';
}

/**
 * Starts a process in a group of its own, so that a Ctrl-C at the terminal reaches the launcher alone. Its standard input is a pipe
 * that stays open as long as the launcher lives.
 */
export function startChild({ command, args, cwd, env, output }: ChildOptions): StartedChild {
  const stream = output === 'inherit' ? 'inherit' : 'pipe';
  const child = spawn(command, args, { cwd, env: env as NodeJS.ProcessEnv, stdio: ['pipe', stream, stream], detached: true });
  child.stdin?.on('error', () => undefined);
  if (output !== 'inherit') for (const source of [child.stdout, child.stderr]) readLines(source, output);
  const exited = exitOf(child);
  return { pid: child.pid ?? 0, exited, stop: (patienceMs = 8_000) => stop(child, exited, patienceMs) };
}

function readLines(source: Readable | null, output: (line: string) => void): void {
  if (source) createInterface({ input: source, crlfDelay: Infinity }).on('line', output);
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, name) => resolve({ code, signal: name }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
}

async function stop(child: ChildProcess, exited: Promise<Exit>, patienceMs: number): Promise<void> {
  if (!child.pid) return;
  if (child.exitCode === null && child.signalCode === null) {
    signal(child.pid, 'SIGTERM');
    const timer = new AbortController();
    await Promise.race([exited, delay(patienceMs, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
  }
  signal(-child.pid, 'SIGKILL');
  await exited;
  child.stdin?.destroy();
}
