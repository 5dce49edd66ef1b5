import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FILE_MODE } from './files';

interface Holder {
  pid: number;
  /** Start time of the process in kernel ticks, where /proc tells it: a number used again by another process is not the holder. */
  startTicks: string | null;
}

function startTicksOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.startTicks === null || startTicksOf(holder.pid) === holder.startTicks;
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    const holder = parsed as Partial<Holder>;
    return typeof holder?.pid === 'number' ? { pid: holder.pid, startTicks: holder.startTicks ?? null } : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the file with its whole content in one step, so that nobody ever reads a half-written lock. Throws EEXIST. */
async function linkWhole(file: string, content: string): Promise<void> {
  const temporary = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    await writeFile(temporary, content, { mode: FILE_MODE, flag: 'wx' });
    await link(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** One server a folder. A lock whose process is gone, as after kill -9, is taken over. Resolves to the release. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'lock.json');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await linkWhole(file, JSON.stringify({ pid: process.pid, startTicks: startTicksOf(process.pid) } satisfies Holder));
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(file);
    if (holder !== undefined && isAlive(holder)) throw new Error(`The storage folder ${folder} is in use by process ${holder.pid}. Stop it or choose another folder.`);
    await rm(file, { force: true });
  }
  throw new Error(`The storage folder ${folder} could not be locked, because another server is starting in it.`);
}
