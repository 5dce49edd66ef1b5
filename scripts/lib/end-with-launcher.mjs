/**
 * Loaded before a process that the launcher starts (`node --import`). Its standard input is a pipe whose other end the launcher
 * holds and never writes to: when that end closes, the launcher is gone, however it ended, and so this process ends too.
 */
import process from 'node:process';
import { setTimeout } from 'node:timers';
import { isMainThread } from 'node:worker_threads';

const PATIENCE_MS = 8_000;

if (isMainThread) {
  const end = () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  };
  process.stdin.once('end', end).once('error', end).resume();
  process.stdin.unref?.();
}
