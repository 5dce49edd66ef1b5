import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { rememberedPort } from './ports';
import { preparePostgres, type PostgresBinaries } from './postgres-binaries';
import { preparePostgresHome, type PostgresHome } from './postgres-home';
import { signal, waitUntilGone } from './processes';
import { stopStalePostmaster } from './stale-postmaster';
import { StartError } from './start-error';

export interface EmbeddedPostgresOptions {
  /** The data folder; it exists. The cluster lies in its `postgres`, the password in `secrets`, the log in `logs`. */
  dataDir: string;
  /** False gives up durability for speed; for tests alone. */
  durable?: boolean;
}

export interface EmbeddedPostgres {
  port: number;
  /** Connection URL of a database in this cluster, password included. */
  url: (database: string) => string;
  /** Resolves when the server ended though nobody asked it to; stays pending otherwise. */
  lost: Promise<void>;
  /** Ends the server: fast shutdown, which rolls open transactions back and writes a checkpoint. Safe to call twice. */
  stop: () => Promise<void>;
}

const USER = 'airlock';

/**
 * Runs the server as a child of a shell that asks it to end when the launcher is gone: file descriptor 3 is a pipe from the
 * launcher, which the system closes whatever way the launcher dies, kill -9 included.
 */
const GUARD = `
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
{ read -r _ <&3; kill -INT "$server"; } 2>/dev/null &
watcher=$!
trap 'kill -INT "$server" 2>/dev/null' INT TERM HUP
status=0
while kill -0 "$server" 2>/dev/null; do wait "$server"; status=$?; done
kill "$watcher" 2>/dev/null
exit "$status"`;

/**
 * Starts the PostgreSQL 18 that npm brought, on loopback, with a password; makes the cluster on the first run.
 * A server that a killed launcher left behind is ended first. Throws `StartError`.
 */
export async function startEmbeddedPostgres({ dataDir, durable = true }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = preparePostgresHome(dataDir, { temporary: !durable });
  const binaries = preparePostgres(home.home, home.reachable);
  const password = readPassword(dataDir);
  const cluster = join(home.home, 'data');
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
  const log = join(dataDir, 'logs', 'postgres.log');
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise({ binaries, home, cluster, password, log, durable });
  await stopStalePostmaster(cluster);

  for (let attempt = 1; ; attempt++) {
    const port = await rememberedPort(dataDir, 'postgres');
    const running = launch({ binaries, home, cluster, port, log, durable });
    const url = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
    const outcome = await waitUntilReady(running, url('postgres'));
    if (outcome === 'ready') return { port, url, ...control(running, cluster) };
    await stop(running, cluster);
    if (outcome === 'password') throw new StartError(`The embedded database does not accept the password in ${passwordFile(dataDir)}: put the right one back, or move ${dataDir} away to start afresh.`);
    if (attempt === 3) throw new StartError(`The embedded database in ${cluster} does not start: ${lastComplaint(log)} Its log is ${log}; to start afresh move ${dataDir} away.`);
    await delay(300 * attempt);
  }
}

function control(running: Running, cluster: string): Pick<EmbeddedPostgres, 'lost' | 'stop'> {
  let asked = false;
  const lost = new Promise<void>((resolve) => void running.ended.then(() => (asked ? undefined : resolve())));
  return {
    lost,
    stop: () => {
      asked = true;
      return stop(running, cluster);
    },
  };
}

interface Running {
  guard: ChildProcess;
  ended: Promise<void>;
}

interface Launch {
  binaries: PostgresBinaries;
  home: PostgresHome;
  cluster: string;
  log: string;
}

/** Builds the cluster beside its place and renames it, so that a killed initdb leaves nothing that looks like one. */
async function initialise({ binaries, home, cluster, password, log, durable }: Launch & { password: string; durable: boolean }): Promise<void> {
  if (existsSync(cluster) && readdirSync(cluster).length > 0) {
    throw new StartError(`${cluster} is not a database (PG_VERSION is missing): put it right, or move it away to start afresh.`);
  }
  const half = `${cluster}.half-${process.pid}`;
  const secret = `${half}.password`;
  rmSync(cluster, { recursive: true, force: true });
  for (const name of readdirSync(home.home)) if (name.startsWith('data.half-')) rmSync(join(home.home, name), { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(secret, password, { mode: 0o600 });
  for (const path of home.runAs ? [half, secret] : []) chownSync(path, home.runAs?.uid ?? 0, home.runAs?.gid ?? 0);
  const output = openSync(log, 'a', 0o600);
  try {
    const child = spawn(
      binaries.initdb,
      [`--pgdata=${half}`, `--username=${USER}`, `--pwfile=${secret}`, '--auth=scram-sha-256', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8', '--no-instructions', ...(durable ? [] : ['--no-sync'])],
      { ...home.runAs, cwd: home.home, env: serverEnvironment(), stdio: ['ignore', output, output], detached: true },
    );
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new StartError(`The embedded database cannot be made in ${home.home}: ${lastComplaint(log)}${hintFor(log)} Its log is ${log}.`);
    renameSync(half, cluster);
  } finally {
    closeSync(output);
    rmSync(half, { recursive: true, force: true });
    rmSync(secret, { force: true });
  }
}

function launch({ binaries, home, cluster, port, log, durable }: Launch & { port: number; durable: boolean }): Running {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Statements and key values may hold names and addresses, which no log may (P-LOGS).
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  if (existsSync(log) && statSync(log).size > 5_000_000) renameSync(log, `${log}.1`);
  const output = openSync(log, 'a', 0o600);
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached: a Ctrl-C at the terminal reaches the launcher alone, which ends the parts in their order.
  const guard = spawn('/bin/sh', ['-c', GUARD, 'airlock-postgres-guard', binaries.postgres, '-D', cluster, '-p', String(port), ...flags], {
    ...home.runAs,
    cwd: home.home,
    env: serverEnvironment(),
    stdio: ['pipe', output, output],
    detached: true,
  });
  closeSync(output);
  guard.stdin?.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    guard.once('exit', () => resolve());
    guard.once('error', () => resolve());
  });
  return { guard, ended };
}

async function waitUntilReady(running: Running, url: string): Promise<'ready' | 'password' | 'failed'> {
  let gone = false;
  void running.ended.then(() => (gone = true));
  const deadline = Date.now() + 60_000;
  while (!gone && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return 'ready';
    } catch (error) {
      if (error instanceof pg.DatabaseError && ['28P01', '28000'].includes(error.code ?? '')) return 'password';
      await delay(30);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return 'failed';
}

async function stop({ guard, ended }: Running, cluster: string): Promise<void> {
  guard.stdin?.end();
  if (await Promise.race([ended.then(() => true), delay(20_000, false, { ref: false })])) return;
  await stopStalePostmaster(cluster);
  if (guard.pid && !(await waitUntilGone(guard.pid, 2_000))) signal(-guard.pid, 'SIGKILL');
  await ended;
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };
}

function passwordFile(dataDir: string): string {
  return join(dataDir, 'secrets', 'postgres-password');
}

function readPassword(dataDir: string): string {
  const file = passwordFile(dataDir);
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

/** PostgreSQL does not run under a user id that the system has no name for, as some container platforms give out. */
function hintFor(log: string): string {
  return /user does not exist/.test(lastComplaint(log)) ? ' Give this user id a name in /etc/passwd, or give a database of your own in DATABASE_URL.' : '';
}

/** The last line in which the server said what is wrong, without its time and process id. */
function lastComplaint(log: string): string {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
  const line = lines.findLast((text) => /FATAL|PANIC|error:|ERROR/.test(text)) ?? lines.findLast((text) => text.trim() !== '') ?? 'it said nothing.';
  return line.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '').trim().replace(/\.?$/, '.');
}
