import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationList, SchemaFilter, SchemasContainer } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { openSchemaEngine } from './schema-engine';
import { StartError, sentenceOf } from './start-error';

/** Tables that other programs keep in the same database: graphile-worker has a schema of its own, so there are none. */
const FILTERS: SchemaFilter = { externalTables: [], externalEnums: [] };

/** Any number will do, so long as nothing else in this database takes the same advisory lock. */
const MIGRATION_LOCK = 4_153_210_977;

/** The migrations of `<root>/prisma/migrations`, as the engine wants them, oldest first. */
export function readMigrations(root: string): MigrationList {
  const baseDir = join(root, 'prisma', 'migrations');
  const lockfile = join(baseDir, 'migration_lock.toml');
  const names = existsSync(baseDir) ? readdirSync(baseDir, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort() : [];
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: readFileSync(join(baseDir, path, 'migration.sql'), 'utf8') } },
    })),
  };
}

/** The files of `<root>/prisma/schema`. */
function readSchema(root: string): SchemasContainer {
  const folder = join(root, 'prisma', 'schema');
  const names = readdirSync(folder).filter((name) => name.endsWith('.prisma')).sort();
  return { files: names.map((name) => ({ path: join(folder, name), content: readFileSync(join(folder, name), 'utf8') })) };
}

/**
 * Brings the database up to the newest migration and returns the names of those that were applied now. Several processes may
 * do so at once: each waits for the one before it, and each migration is applied once. The rows it writes are those of
 * `prisma migrate deploy`, which may be used in its place. Throws `StartError` naming what failed.
 */
export async function applyMigrations({ root, url }: { root: string; url: string }): Promise<string[]> {
  const lock = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  try {
    await lock.connect();
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const { engine, close } = await openSchemaEngine(url);
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: readMigrations(root), filters: FILTERS });
      return appliedMigrationNames;
    } finally {
      await close();
    }
  } catch (error) {
    throw new StartError(`The database cannot be brought up to date: ${sentenceOf(error)}`);
  } finally {
    await lock.end().catch(() => undefined);
  }
}

/**
 * The SQL that leads from a database to the schema; empty when they agree. Triggers, functions and check constraints are not
 * seen: the schema language does not have them.
 */
export async function diffToSchema({ root, url }: { root: string; url: string }): Promise<string> {
  const { engine, close } = await openSchemaEngine(url);
  try {
    const schema = readSchema(root);
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', ...schema, configDir: root },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters: FILTERS,
    });
    const sql = (stdout ?? '').trim();
    return sql === '-- This is an empty migration.' ? '' : sql;
  } finally {
    await close();
  }
}
