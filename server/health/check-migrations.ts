import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { getDb } from '../db';

type Applied = { migration_name: string };

/** Throws unless the migrations of this version are exactly those that the database has had applied to their end. */
export async function checkMigrations(): Promise<void> {
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations');
  const entries = await readdir(folder, { withFileTypes: true });
  const expected = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const rows = await getDb().$queryRaw<Applied[]>`select migration_name from "_prisma_migrations" where finished_at is not null and rolled_back_at is null`;
  const applied = new Set(rows.map(({ migration_name }) => migration_name));
  if (applied.size !== expected.length || !expected.every((name) => applied.has(name))) throw new Error('The migrations differ.');
}
