/**
 * Loaded before a process that the launcher starts (`node --import`). Its standard input is a pipe whose other end the launcher
 * holds and never writes to: when that end closes, the launcher is gone, however it ended, and so this process ends too.
 * `?launcher=<process id>` tells the launcher: a process that this one forks inherits the flag, but not that parent.
 */
import process from 'node:process';
import { setTimeout } from 'node:timers';
import { URL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const PATIENCE_MS = 8_000;

const launcher = Number(new URL(import.meta.url).searchParams.get('launcher'));

if (isMainThread && process.ppid === launcher) {
  const end = () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  };
  process.stdin.once('end', end).once('error', end).resume();
  process.stdin.unref?.();
}
