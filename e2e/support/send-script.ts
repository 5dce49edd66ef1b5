import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { baseUrl } from './environment';

export type Outcome = { readonly code: number | null; readonly out: string; readonly err: string };
export type Run = { readonly pid: number; readonly ended: Promise<Outcome>; /** What it has said so far on standard error. */ readonly said: () => string };
export type RunOptions = { readonly key?: string; readonly args: readonly string[]; readonly shell?: Shell; readonly env?: Readonly<Record<string, string>>; readonly script?: string };
/** A command that runs a script, and the programs that it may find; all of the machine's where none are named. */
export type Shell = { readonly name: string; readonly command: readonly string[]; readonly onlyBusybox?: true };

const TOOLS = ['awk', 'cat', 'cp', 'cut', 'date', 'dd', 'df', 'grep', 'gzip', 'head', 'ls', 'mkdir', 'mkfifo', 'mktemp', 'mv', 'nproc', 'od', 'rm', 'sed', 'sha256sum', 'sleep', 'stat', 'stty', 'tail', 'tee', 'tr', 'wc'];

function find(program: string): string | undefined {
  return (process.env.PATH ?? '').split(':').map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

/** The shells of this machine, with busybox once more as the only program besides curl. */
export function shellsHere(): Shell[] {
  const busybox = find('busybox');
  const plain = [find('dash') ? 'dash' : 'sh', 'bash'].filter((name) => find(name) !== undefined).map((name) => ({ name, command: [name] }));
  return busybox === undefined ? plain : [...plain, { name: 'busybox', command: [busybox, 'ash'], onlyBusybox: true }];
}

/**
 * Stands before curl: writes down its arguments and its environment, counts PUTs, and on a PUT does what the file `fault` says: `hold` waits
 * for the file `go`, `lose` sends and then loses the answer, once, `busy` answers 503, once.
 */
const CURL_BEFORE_CURL = `#!/bin/sh
printf '%s\\n' "$*" >> RECORD/arguments
/usr/bin/env >> RECORD/environment
for last do :; done
if grep -q '^upload-file' "$last"; then
  echo put >> RECORD/puts
  fault=
  [ ! -e RECORD/fault ] || read -r fault after < RECORD/fault
  if [ -n "$fault" ] && [ "$(wc -l < RECORD/puts)" -gt "$after" ]; then
    case $fault in
      hold) : > RECORD/held; while [ ! -e RECORD/go ]; do sleep 0.1; done ;;
      lose) rm RECORD/fault; REAL "$@" > /dev/null; echo 'curl: (56) the answer was lost' >&2; echo '000 0.1'; exit 56 ;;
      busy) rm RECORD/fault; echo '503 0.1'; exit 0 ;;
    esac
  fi
fi
exec REAL "$@"
`;

/** A machine with files of its own, a curl that is watched, and the script as the portal serves it. */
export class SendingMachine {
  readonly #folder: string;
  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async in(folder: string): Promise<SendingMachine> {
    const machine = new SendingMachine(folder);
    for (const name of ['files', 'tmp', 'record', 'bin', 'busybox']) await mkdir(path.join(folder, name));
    const curl = find('curl');
    if (!curl) throw new Error('These tests need curl.');
    const watched = CURL_BEFORE_CURL.replaceAll('RECORD', path.join(folder, 'record')).replaceAll('REAL', curl);
    for (const bin of ['bin', 'busybox']) {
      await writeFile(path.join(folder, bin, 'curl'), watched);
      await chmod(path.join(folder, bin, 'curl'), 0o755);
    }
    const busybox = find('busybox');
    if (busybox) for (const tool of TOOLS) await symlink(busybox, path.join(folder, 'busybox', tool));
    await writeFile(machine.script, await (await fetch(`${baseUrl}/send.sh`)).text());
    return machine;
  }

  get script(): string {
    return path.join(this.#folder, 'send.sh');
  }
  file(name: string): string {
    return path.join(this.#folder, 'files', name);
  }
  async write(name: string, content: Uint8Array | string): Promise<string> {
    await writeFile(this.file(name), content);
    return this.file(name);
  }
  /** Whatever asks for the date gets one that is wrong by so many days. */
  async shiftClock(days: number): Promise<void> {
    const shim = path.join(this.#folder, 'bin', 'date');
    await writeFile(shim, `#!/bin/sh\nexec ${find('date') ?? 'date'} -d '${days} day' "$@"\n`);
    await chmod(shim, 0o755);
  }
  /** What curl is to suffer at its PUTs after the first `after`. */
  async setFault(fault: 'hold' | 'lose' | 'busy', after = 0): Promise<void> {
    await writeFile(path.join(this.#folder, 'record', 'fault'), `${fault} ${after}\n`);
  }
  isHeld(): boolean {
    return existsSync(path.join(this.#folder, 'record', 'held'));
  }
  async letGo(): Promise<void> {
    await writeFile(path.join(this.#folder, 'record', 'fault'), '');
    await writeFile(path.join(this.#folder, 'record', 'go'), '');
  }
  async record(what: 'arguments' | 'environment' | 'puts'): Promise<string> {
    return readFile(path.join(this.#folder, 'record', what), 'utf8').catch(() => '');
  }
  async countPuts(): Promise<number> {
    return (await this.record('puts')).split('\n').length - 1;
  }
  /** What runs left in the temporary folder. */
  async leftovers(): Promise<string[]> {
    return readdir(path.join(this.#folder, 'tmp'));
  }
  /** Everything that each process of the machine was called with, where the system shows it. */
  async processList(): Promise<string> {
    if (!existsSync('/proc/self/cmdline')) return execFileSync('ps', ['-axo', 'args'], { encoding: 'utf8' });
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
    return lines.join('\n');
  }

  start({ key, args, shell = { name: 'sh', command: ['sh'] }, env = {}, script = this.script }: RunOptions): Run {
    const [command = 'sh', ...before] = shell.command;
    const bin = path.join(this.#folder, shell.onlyBusybox ? 'busybox' : 'bin');
    const PATH = shell.onlyBusybox ? bin : `${bin}:${process.env.PATH ?? ''}`;
    const child = spawn(command, [...before, script, ...args], {
      cwd: path.join(this.#folder, 'files'),
      stdio: ['ignore', 'pipe', 'pipe'],
      // In a session of its own, so that it has no terminal to ask for a key.
      detached: true,
      env: { NODE_ENV: 'test', PATH, TMPDIR: path.join(this.#folder, 'tmp'), ...(key === undefined ? {} : { AIRLOCK_KEY: key }), ...env },
    });
    const told = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (told.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (told.err += chunk.toString()));
    const ended = new Promise<Outcome>((resolve, reject) => child.once('error', reject).once('close', (code) => resolve({ code, ...told })));
    return { pid: child.pid ?? 0, ended, said: () => told.err };
  }
  run(options: RunOptions): Promise<Outcome> {
    return this.start(options).ended;
  }
}

/** The ids of the files that a run says it sent, by the name that it shows. */
export function sentFiles(out: string): Map<string, string> {
  return new Map([...out.matchAll(/^(.*): (?:sent|was sent before), .*\(file ([0-9a-f-]+)\)$/gm)].map(([, name = '', id = '']) => [name, id]));
}
