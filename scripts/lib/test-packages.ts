import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What is asked of the machine, so that a test can answer in its place. */
export interface Machine {
  isRoot: boolean;
  hasApt: boolean;
  has: (program: string) => Promise<boolean>;
  /** Runs a program to its end; whether it ended well. */
  run: (command: string, args: readonly string[]) => Promise<boolean>;
}

/** Another installation is waited for this long, seconds. */
const APT = ['-o', 'DPkg::Lock::Timeout=60'];
const INSTALL = [...APT, 'install', '-y', '--no-install-recommends', 'poppler-utils'];
const TIME_LIMIT_MS = 3 * 60_000;

/**
 * Sees to it that `pdfsig` of poppler-utils is there, which judges signed agreements in the tests: installs it as root on Debian and its
 * kin. Never fails: where it cannot be installed, `say` is told that the tests that need it are skipped, and it gives false.
 */
export async function ensurePdfsig(say: (sentence: string) => void, machine: Machine): Promise<boolean> {
  if (await machine.has('pdfsig')) return true;
  if (machine.isRoot && machine.hasApt) {
    say('pdfsig is missing; installing poppler-utils.');
    // The lists of packages are fetched only where they lack it: that takes longer than the rest.
    const isInstalled = (await machine.run('apt-get', INSTALL)) || ((await machine.run('apt-get', [...APT, 'update'])) && (await machine.run('apt-get', INSTALL)));
    if (isInstalled && (await machine.has('pdfsig'))) return true;
  }
  say('Skipped: pdfsig missing. What it judges of signed agreements is not tested here; install the package "poppler-utils" as root and run the tests again.');
  return false;
}

/** This machine, with the programs of `env.PATH`. */
export function thisMachine(env: Readonly<Record<string, string | undefined>>, signal?: AbortSignal): Machine {
  const exitOf = (command: string, args: readonly string[], timeout: number) =>
    new Promise<number | null>((resolve) => {
      const child = spawn(command, args, { env: Object.assign({ NODE_ENV: 'production' as const }, env, { DEBIAN_FRONTEND: 'noninteractive' }), stdio: 'ignore', timeout, ...(signal ? { signal } : {}) });
      child.once('error', () => resolve(null));
      child.once('exit', resolve);
    });
  return {
    isRoot: process.getuid?.() === 0,
    hasApt: existsSync('/usr/bin/apt-get'),
    has: async (program) => (await exitOf(program, ['-v'], 30_000)) === 0,
    run: async (command, args) => (await exitOf(command, args, TIME_LIMIT_MS)) === 0,
  };
}
