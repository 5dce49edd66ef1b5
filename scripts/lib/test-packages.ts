import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { DEBIAN_CHROMIUM } from './find-browser';

/** What is asked of the machine, so that a test can answer in its place. */
export interface Machine {
  isRoot: boolean;
  hasApt: boolean;
  has: (program: string) => Promise<boolean>;
  /** Runs a program to its end; whether it ended well. */
  run: (command: string, args: readonly string[]) => Promise<boolean>;
}

/** Another installation is waited for this long, seconds; a server that does not answer, not at all. */
const APT = ['-o', 'DPkg::Lock::Timeout=60', '-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::https::Timeout=15'];
const TIME_LIMIT_MS = 3 * 60_000;

/** Installs a package as root on Debian and its kin; the lists of packages are fetched only where they lack it, since that takes longer than the rest. */
async function install(name: string, machine: Machine): Promise<boolean> {
  const tryIt = () => machine.run('apt-get', [...APT, 'install', '-y', '--no-install-recommends', name]);
  return (await tryIt()) || ((await machine.run('apt-get', [...APT, 'update'])) && (await tryIt()));
}

/**
 * Sees to it that `pdfsig` of poppler-utils is there, which judges signed agreements in the tests. Never fails: where it cannot be
 * installed, `say` is told that the tests that need it are skipped, and it gives false.
 */
export async function ensurePdfsig(say: (sentence: string) => void, machine: Machine): Promise<boolean> {
  if (await machine.has('pdfsig')) return true;
  if (machine.isRoot && machine.hasApt) {
    say('pdfsig is missing; installing poppler-utils.');
    if ((await install('poppler-utils', machine)) && (await machine.has('pdfsig'))) return true;
  }
  say('Skipped: pdfsig missing. What it judges of signed agreements is not tested here; install the package "poppler-utils" as root and run the tests again.');
  return false;
}

/**
 * Debian's whole Chromium draws a window of its own around each page, without a screen as well, which is a third of the time of the browser
 * tests. Where `browser` is that one, its shell without windows is installed beside it. Never fails: the tests run in either.
 */
export async function ensureHeadlessShell(say: (sentence: string) => void, machine: Machine, browser: string | undefined): Promise<void> {
  if (browser !== DEBIAN_CHROMIUM || !machine.isRoot || !machine.hasApt) return;
  say('Installing chromium-headless-shell, in which the browser tests are faster.');
  if (!(await install('chromium-headless-shell', machine))) say('It could not be installed; the tests run in Chromium itself, and take longer.');
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
