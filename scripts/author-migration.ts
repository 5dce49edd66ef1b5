/**
 * `npm run migration -- <name>`: writes `prisma/migrations/<UTC time>_<name>/migration.sql`, the SQL that leads from the migrations
 * there are to the schema there is. Needs no network: the migrations are applied to a fresh embedded database, which is then
 * compared with the schema. Read the SQL, and add by hand what the schema language cannot say (triggers, check constraints).
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { applyMigrations, diffToSchema } from './lib/migrations';
import { repositoryRoot } from './lib/repository-root';
import { runOnServer, withScratchPostgres } from './lib/scratch-database';
import { sentenceOf, StartError } from './lib/start-error';

async function authorMigration(name: string | undefined): Promise<string> {
  if (!name || !/^[a-z][a-z0-9_]{2,60}$/.test(name)) {
    throw new StartError('Give the migration a name in lower case with underscores, such as: npm run migration -- add_case_hints');
  }
  const sql = await withScratchPostgres(repositoryRoot, async (server) => {
    await runOnServer(server.url('postgres'), 'create database migrations');
    await applyMigrations({ root: repositoryRoot, url: server.url('migrations') });
    return await diffToSchema({ root: repositoryRoot, url: server.url('migrations') });
  });
  if (sql === '') return 'The migrations already lead to the schema; nothing was written.';
  const base = join(repositoryRoot, 'prisma', 'migrations');
  const folder = join(base, `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), `${sql}\n`, { flag: 'wx' });
  const lockfile = join(base, 'migration_lock.toml');
  if (!existsSync(lockfile)) writeFileSync(lockfile, '# Kept under version control; `prisma migrate deploy` reads it.\nprovider = "postgresql"\n');
  return `Written: ${relative(repositoryRoot, join(folder, 'migration.sql'))}`;
}

try {
  console.log(await authorMigration(process.argv[2]));
} catch (error) {
  console.error(error instanceof StartError ? sentenceOf(error) : error);
  process.exitCode = 1;
}
