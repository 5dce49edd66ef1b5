import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import { removeDataFolder } from './postgres-home';
import { isAlive, waitUntilGone } from './processes';

let dataDir: string;
let running: EmbeddedPostgres[];
beforeEach(() => {
  // A folder for its owner alone, with a space in its name: as root the cluster has to lie elsewhere.
  dataDir = mkdtempSync(join(tmpdir(), 'airlock postgres-'));
  running = [];
});
afterEach(async () => {
  for (const server of running) await server.stop();
  removeDataFolder(dataDir);
});

const start = async ({ durable = false } = {}) => {
  const server = await startEmbeddedPostgres({ dataDir, durable });
  running.push(server);
  return server;
};
const ask = async (server: EmbeddedPostgres, sql: string) => {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};
const cluster = () => join(realpathSync(join(dataDir, 'postgres')), 'data');
const postmaster = () => Number(readFileSync(join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0]);
const parentOf = (pid: number) =>
  Number(existsSync('/proc') ? readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1] : execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));

describe('the embedded PostgreSQL', () => {
  it('keeps its data, its port and its password from start to start', async () => {
    const first = await start();
    await ask(first, "create table kept as select 'é' as text");
    const { port } = first;
    await first.stop();
    const second = await start();
    expect(second.port).toBe(port);
    expect(second.url('postgres')).toBe(first.url('postgres'));
    expect(await ask(second, 'select text from kept')).toEqual([{ text: 'é' }]);
  });

  it('listens on loopback alone, asks for a password by SCRAM, and speaks UTF-8', async () => {
    const server = await start();
    expect(await ask(server, "select setting from pg_settings where name in ('listen_addresses', 'password_encryption', 'server_encoding', 'unix_socket_directories') order by name")).toEqual([
      { setting: '127.0.0.1' }, { setting: 'scram-sha-256' }, { setting: 'UTF8' }, { setting: '' },
    ]);
    const stranger = new pg.Client({ connectionString: server.url('postgres').replace(/:[^:@]+@/, ':guess@') });
    await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
  });

  it('takes another port where its own was taken in the meantime, and remembers it', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(first.port, '127.0.0.1', resolve));
    const second = await start();
    expect(second.port).not.toBe(first.port);
    await second.stop();
    await new Promise((resolve) => squatter.close(resolve));
    expect((await start()).port).toBe(second.port);
  });

  it('that outlived its launcher is ended by the next start, which finds what was written', async () => {
    const first = await start();
    await ask(first, 'create table kept as select 7 as number');
    const left = postmaster();
    process.kill(parentOf(left), 'SIGKILL');
    await first.lost;
    expect(isAlive(left)).toBe(true);
    const second = await start();
    expect(isAlive(left)).toBe(false);
    expect(await ask(second, 'select number from kept')).toEqual([{ number: 7 }]);
  });

  it('that was killed recovers at the next start', async () => {
    const first = await start({ durable: true });
    await ask(first, 'create table kept as select 7 as number');
    const pid = postmaster();
    process.kill(pid, 'SIGKILL');
    expect(await waitUntilGone(pid, 20_000)).toBe(true);
    await first.lost;
    expect(await ask(await start(), 'select number from kept')).toEqual([{ number: 7 }]);
  });

  it('is begun anew where its making was cut short', async () => {
    await (await start()).stop();
    rmSync(cluster(), { recursive: true });
    mkdirSync(`${cluster()}.half-1`);
    expect(await ask(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(`${cluster()}.half-1`)).toBe(false);
  });
});

describe('a broken database is told in one sentence', () => {
  it('where its files are damaged', async () => {
    await (await start()).stop();
    truncateSync(join(cluster(), 'global', 'pg_control'), 10);
    await expect(start()).rejects.toThrow(/^The embedded database in .* does not start: .*pg_control.* Its log is .* to start afresh move .* away\.$/);
  });

  it('where its password is another one', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'secrets', 'postgres-password'), 'another');
    await expect(start()).rejects.toThrow(/^The embedded database does not accept the password in .*: put the right one back, or move .* away to start afresh\.$/);
    expect(existsSync(join(cluster(), 'postmaster.pid'))).toBe(false);
  });

  it('where PG_VERSION is missing', async () => {
    await (await start()).stop();
    rmSync(join(cluster(), 'PG_VERSION'));
    await expect(start()).rejects.toThrow(/is not a database \(PG_VERSION is missing\): put it right, or move it away to start afresh\.$/);
  });
});
