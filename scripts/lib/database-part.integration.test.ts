import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, readDemoAccounts } from './database-part';
import { grantRights } from './database-rights';
import { Endings } from './endings';
import { applyMigrations } from './migrations';
import { usePortalDatabase } from './portal-database';
import { removeDataFolder } from './postgres-home';
import { repositoryRoot } from './repository-root';

let dataDir: string;
let endings: Endings;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'airlock database-'));
  endings = new Endings();
});
afterEach(async () => {
  await endings.run();
  removeDataFolder(dataDir);
});

const open = () => openDatabase({ given: undefined, owner: undefined, dataDir, temporary: true, endings });
async function whoami(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query('select current_user as role')).rows[0];
  } finally {
    await client.end();
  }
}

describe('the embedded database', () => {
  it('gives web and worker a role of their own, at every start, also after its password was lost', async () => {
    const first = await open();
    expect(await whoami(first.url)).toEqual({ role: 'airlock_app' });
    expect(await whoami(first.ownerUrl)).toEqual({ role: 'airlock' });
    await applyMigrations({ root: repositoryRoot, url: first.ownerUrl });
    await grantRights({ ownerUrl: first.ownerUrl, role: first.appRole ?? '' });
    expect(await readDemoAccounts(first.url)).toEqual([]);
    const password = join(dataDir, 'secrets', 'postgres-app-password');
    expect((statSync(password).mode & 0o777).toString(8)).toBe('600');
    await endings.run();

    rmSync(password);
    endings = new Endings();
    const second = await open();
    expect(second.url).not.toBe(first.url);
    expect(await readDemoAccounts(second.url)).toEqual([]);
    const env: NodeJS.ProcessEnv = { NODE_ENV: 'test', AIRLOCK_DATA_DIR: dataDir };
    usePortalDatabase(env, repositoryRoot);
    expect(env.DATABASE_URL).toBe(second.url);
  });
});

describe('a database of one\'s own', () => {
  it('is used as it is where nobody gave its owner, and the role of web and worker is known where somebody did', async () => {
    const embedded = await open();
    const given = (owner?: string) => openDatabase({ given: embedded.url, owner, dataDir, temporary: true, endings });
    expect(await given()).toEqual({ url: embedded.url, ownerUrl: embedded.url });
    expect(await given(embedded.ownerUrl)).toEqual({ url: embedded.url, ownerUrl: embedded.ownerUrl, appRole: 'airlock_app' });
    expect(await openDatabase({ given: embedded.ownerUrl, owner: embedded.ownerUrl, dataDir, temporary: true, endings })).toEqual({ url: embedded.ownerUrl, ownerUrl: embedded.ownerUrl });
  });
});
