import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyMigrations, diffToSchema, readMigrations } from '@/scripts/lib/migrations';
import { repositoryRoot } from '@/scripts/lib/repository-root';
import { createTestDatabase, type TestDatabase } from './setup/integration-database';

async function rows(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the migrations of the portal', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
  });
  afterAll(() => database.drop());

  it('are applied once each, however many processes start together', async () => {
    const names = readMigrations(repositoryRoot).migrationDirectories.map((directory) => directory.path);
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations({ root: repositoryRoot, url: database.url })));
    expect(applied.flat().sort()).toEqual(names);
    expect(await rows(database.url, 'select 1 from _prisma_migrations where finished_at is not null')).toHaveLength(names.length);
  });

  it('are not applied again', async () => {
    expect(await applyMigrations({ root: repositoryRoot, url: database.url })).toEqual([]);
  });

  it('lead to the schema', async () => {
    expect(await diffToSchema({ root: repositoryRoot, url: database.url })).toBe('');
  });
});

describe('a migration', () => {
  let database: TestDatabase;
  let root: string;
  beforeAll(async () => {
    database = await createTestDatabase({ empty: true });
    root = mkdtempSync(join(tmpdir(), 'airlock migrations-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(root, { recursive: true, force: true });
  });
  const write = (name: string, sql: string) => {
    mkdirSync(join(root, 'prisma', 'migrations', name), { recursive: true });
    writeFileSync(join(root, 'prisma', 'migrations', name, 'migration.sql'), sql);
  };

  it('may hold functions, whose bodies have semicolons', async () => {
    write('20260101000000_function', `
      create table note (text text not null);
      create function two() returns int language plpgsql as $$ begin perform 1; perform ';'; return 2; end; $$;
      insert into note values ('a;b');`);
    expect(await applyMigrations({ root, url: database.url })).toEqual(['20260101000000_function']);
    expect(await rows(database.url, 'select two(), text from note')).toEqual([{ two: 2, text: 'a;b' }]);
  });

  it('that fails is named, and leaves nothing of itself', async () => {
    write('20260102000000_broken', 'create table half (id int); select nonsense;');
    await expect(applyMigrations({ root, url: database.url })).rejects.toThrow(/20260102000000_broken/);
    expect(await rows(database.url, "select to_regclass('half') as half")).toEqual([{ half: null }]);
  });
});
