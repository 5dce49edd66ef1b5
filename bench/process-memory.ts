import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** What a process holds, in bytes (proc(5), /proc/PID/status): all of it, what is its own, and the most that it ever held. */
export interface Memory {
  readonly resident: number;
  /** Anonymous and shared memory; program files that other processes map as well are left out. */
  readonly own: number;
  readonly mostResident: number;
}

type Found = { readonly pid: number; readonly parent: number; readonly command: string };

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

export function memoryOf(pid: number): Memory | null {
  const status = readText(`/proc/${pid}/status`);
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
  return status.includes('VmRSS') ? { resident: bytes('VmRSS'), own: bytes('RssAnon') + bytes('RssShmem'), mostResident: bytes('VmHWM') } : null;
}

/** All processes below `root`, itself included, in one look. */
export function processTree(root: number): Found[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    const parent = Number(readText(`/proc/${name}/stat`).replace(/^.*\) /s, '').split(' ')[1]);
    return Number.isInteger(parent) ? [{ pid: Number(name), parent }] : [];
  });
  const tree = new Set([root]);
  for (let before = 0; before < tree.size; ) {
    before = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return all.filter(({ pid }) => tree.has(pid)).map((found) => ({ ...found, command: readText(`/proc/${found.pid}/cmdline`).replaceAll('\0', ' ') }));
}

/** Calls `look` again and again until `until` settles. */
export async function lookUntil(until: Promise<unknown>, everyMs: number, look: () => void): Promise<void> {
  let isOver = false;
  const over = until.then(() => (isOver = true), () => (isOver = true));
  while (!isOver) {
    look();
    await Promise.race([over, delay(everyMs)]);
  }
}
