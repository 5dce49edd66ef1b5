import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type BenchCase, type BenchPortal, type SentFile } from './portal';
import { lookUntil, memoryOf, processTree } from './process-memory';
import { type Route } from './route';

export interface ScriptRun {
  readonly milliseconds: number;
  readonly file: SentFile;
  /** The most that the script and everything it started held at one time, shared pages counted in each process. */
  readonly mostResident: number;
}

/** What the script may find besides curl, as on a machine without pigz. */
const TOOLS = [
  'awk', 'cat', 'cp', 'cut', 'date', 'dd', 'df', 'getconf', 'grep', 'gzip', 'head', 'ls', 'mkdir', 'mkfifo', 'mktemp', 'mv', 'nproc', 'od', 'openssl', 'rm', 'sed', 'sh', 'sha256sum',
  'sleep', 'stat', 'stty', 'tail', 'tee', 'tr', 'wc',
];

export function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** A folder of programs for the script: with or without pigz, and with a curl that goes by the route. */
function makeTools(folder: string, withPigz: boolean, route: Route): string {
  const bin = mkdtempSync(join(folder, 'bin-'));
  for (const tool of withPigz ? [...TOOLS, 'pigz'] : TOOLS) {
    const program = findProgram(tool);
    if (program !== null) symlinkSync(program, join(bin, tool));
  }
  writeFileSync(join(bin, 'curl'), `#!/bin/sh\nexec ${findProgram('curl') ?? 'curl'} "$@" ${route.curlArguments.join(' ')}\n`, { mode: 0o755 });
  return bin;
}

/** Sends by `send.sh` as the portal serves it; measured from its start to its end. */
export async function sendByScript(given: { portal: BenchPortal; route: Route; folder: string; path: string; withPigz: boolean; watchEveryMs?: number }): Promise<ScriptRun & { made: BenchCase }> {
  const { portal, route, folder, path, withPigz, watchEveryMs } = given;
  const made = await portal.newCase();
  const bin = makeTools(folder, withPigz, route);
  const temporary = join(bin, 'tmp');
  mkdirSync(temporary);
  try {
    const script = join(bin, 'send.sh');
    writeFileSync(script, await (await fetch(`${portal.url}/send.sh`)).text());
    const began = performance.now();
    const child = spawn('sh', [script, path], { env: { NODE_ENV: 'production', PATH: bin, TMPDIR: temporary, AIRLOCK_KEY: made.key }, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve)).then((code) => ({ code, milliseconds: performance.now() - began }));
    const mostResident = watchEveryMs === undefined ? 0 : await watchTree(child.pid ?? 0, ended, watchEveryMs);
    const { code, milliseconds } = await ended;
    if (code !== 0) throw new Error(`The script ended with ${code}: ${said}`);
    return { made, milliseconds, file: await portal.fileOf(made), mostResident };
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
}

async function watchTree(root: number, ended: Promise<unknown>, everyMs: number): Promise<number> {
  let most = 0;
  await lookUntil(ended, everyMs, () => {
    most = Math.max(most, processTree(root).reduce((sum, { pid }) => sum + (memoryOf(pid)?.resident ?? 0), 0));
  });
  return most;
}
