import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { isAlive, processBirth } from './processes';
import { systemCode } from './start-error';

const holderSchema = z.object({ pid: z.int().positive(), birth: z.string().optional() });
type Holder = z.infer<typeof holderSchema>;

export interface FileLock {
  release: () => void;
}

/**
 * Takes the lock that `file` stands for, or returns the process that holds it. A lock whose holder is gone, its id given to another
 * process or not, is nobody's.
 */
export function tryFileLock(file: string): FileLock | Holder {
  const own: Holder = { pid: process.pid, birth: processBirth(process.pid) };
  const mine = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(mine, JSON.stringify(own), { mode: 0o600 });
  try {
    for (;;) {
      if (link(mine, file)) return { release: () => releaseIfOurs(file, own) };
      const holder = readHolder(file);
      if (holder && isHeldBy(holder)) return holder;
      removeStale(file, holder);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Waits for the lock; `onWait` is called once, where it is not free at once. */
export async function waitForFileLock(file: string, { signal, onWait }: { signal?: AbortSignal; onWait?: (pid: number) => void } = {}): Promise<FileLock> {
  for (let told = false; ; told = true) {
    const outcome = tryFileLock(file);
    if ('release' in outcome) return outcome;
    if (!told) onWait?.(outcome.pid);
    await delay(200, undefined, { signal });
  }
}

/** A hard link is made or refused in one step, and what it shows is complete. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function isHeldBy({ pid, birth }: Holder): boolean {
  return isAlive(pid) && (birth === undefined || processBirth(pid) === birth);
}

/** Another process may have taken the lock since `holder` was read: then what was moved aside is put back. */
function removeStale(file: string, holder: Holder | undefined): void {
  const aside = `${file}.stale-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (JSON.stringify(moved) !== JSON.stringify(holder)) link(aside, file);
  rmSync(aside, { force: true });
}

function releaseIfOurs(file: string, own: Holder): void {
  if (JSON.stringify(readHolder(file)) === JSON.stringify(own)) rmSync(file, { force: true });
}

function readHolder(file: string): Holder | undefined {
  try {
    const parsed = holderSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
