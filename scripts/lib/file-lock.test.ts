import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tryFileLock, waitForFileLock, type FileLock } from './file-lock';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-lock-'));
  file = join(folder, 'lock.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const take = (): FileLock => {
  const outcome = tryFileLock(file);
  if (!('release' in outcome)) throw new Error(`Held by ${outcome.pid}.`);
  return outcome;
};

it('is held by one at a time, and free again when it is released', () => {
  const lock = take();
  expect(tryFileLock(file)).toMatchObject({ pid: process.pid });
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  take().release();
});

it.each([
  ['a process that is gone', { pid: 2 ** 22 + 1 }],
  ['a process whose number another one has now', { pid: process.pid, birth: 'long ago' }],
  ['nobody, because the file is damaged', 'nonsense'],
])('is taken over from %s', (_, holder) => {
  writeFileSync(file, typeof holder === 'string' ? holder : JSON.stringify(holder));
  take().release();
  expect(readdirSync(folder)).toEqual([]);
});

it('is not released by one who has lost it', () => {
  const lock = take();
  writeFileSync(file, JSON.stringify({ pid: 1 }));
  lock.release();
  expect(existsSync(file)).toBe(true);
});

it('is waited for, and says so once', async () => {
  const lock = take();
  const waits: number[] = [];
  const second = await waitForFileLock(file, { onWait: (pid) => { waits.push(pid); lock.release(); } });
  expect(waits).toEqual([process.pid]);
  second.release();
});

it('is not waited for any longer once the start is stopped', async () => {
  const lock = take();
  const stop = new AbortController();
  await expect(waitForFileLock(file, { signal: stop.signal, onWait: () => stop.abort() })).rejects.toThrow();
  lock.release();
});
