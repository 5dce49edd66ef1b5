import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './lib/ports';
import { repositoryRoot } from './lib/repository-root';

let folder: string;
let listener: Server;
let taken: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'airlock start-'));
  listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  taken = (listener.address() as AddressInfo).port;
});
afterAll(async () => {
  await new Promise((resolve) => listener.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** What `npm start` says with these variables, and how it ends. */
async function start(variables: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: process.env.NODE_ENV, PORT: String(await freePort()), AIRLOCK_DATA_DIR: join(folder, 'data'), ...variables };
  const child = spawn(process.execPath, ['scripts/run.mjs', 'start'], { cwd: repositoryRoot, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return await new Promise((resolve) => child.once('close', (code) => resolve({ code, said: said.trim() })));
}

describe('a start that cannot be says why, in words, and ends with code 1', () => {
  it('where the port is in use', async () => {
    expect(await start({ PORT: String(taken) })).toEqual({ code: 1, said: `Port ${taken} is in use: stop what listens there, or choose another with PORT, such as PORT=${taken + 1}.` });
  });

  it('where the data folder is none', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await start({ AIRLOCK_DATA_DIR: file })).toEqual({ code: 1, said: `${file} is a file, not a folder: remove it, or choose another folder with AIRLOCK_DATA_DIR.` });
  });

  it('where a variable is not right', async () => {
    expect(await start({ PORT: 'eighty', AIRLOCK_MODE: 'live' })).toEqual({
      code: 1,
      said: 'The environment is not right:\n  - AIRLOCK_MODE is not right: demo or production.\n  - PORT is not right: a port number.',
    });
  });

  it('where the database cannot be reached, without its password', async () => {
    const { code, said } = await start({ DATABASE_URL: 'postgresql://airlock:hunter2@127.0.0.1:1/airlock' });
    expect({ code, said }).toEqual({ code: 1, said: 'The database in DATABASE_URL cannot be reached: connect ECONNREFUSED 127.0.0.1:1.' });
  });

  it('where the kept secrets are damaged', async () => {
    const dataDir = join(folder, 'damaged');
    mkdirSync(join(dataDir, 'secrets'), { recursive: true });
    writeFileSync(join(dataDir, 'secrets', 'auth-secret'), 'short');
    const { code, said } = await start({ AIRLOCK_DATA_DIR: dataDir, DATABASE_URL: process.env.DATABASE_URL ?? '' });
    expect(code).toBe(1);
    expect(said.split('\n').at(-1)).toBe(`The secret in ${join(dataDir, 'secrets', 'auth-secret')} is damaged: put it back from a copy, or move ${dataDir} away to start afresh.`);
  });

  it('where production lacks what it needs', async () => {
    const { code, said } = await start({ AIRLOCK_MODE: 'production' });
    expect(code).toBe(1);
    expect(said).toMatch(/DATABASE_URL is needed in production/);
    expect(said).not.toMatch(/ at .*\.ts:\d+/);
  });
});
