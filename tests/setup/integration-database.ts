import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { runOnServer } from '@/scripts/lib/scratch-database';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface TestDatabase {
  url: string;
  /** Closes whatever is still connected and removes the database. */
  drop: () => Promise<void>;
}

/** A new database on the run's server: with the migrations applied, or `empty`. */
export async function createTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const { adminUrl, template } = inject('airlock');
  refuseDistantDatabase(adminUrl);
  const name = `airlock_test_${randomBytes(8).toString('hex')}`;
  await runOnServer(adminUrl, empty ? `create database ${name} template template0` : `create database ${name} template ${template}`);
  return { url: onDatabase(adminUrl, name), drop: () => runOnServer(adminUrl, `drop database if exists ${name} with (force)`) };
}

/** The same server, another database. */
export function onDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

/** Tests create and drop databases; they do so on this machine only. */
export function refuseDistantDatabase(url: string): void {
  const { hostname, searchParams } = new URL(url);
  if (!LOOPBACK.has(hostname) || searchParams.has('host')) {
    throw new Error('Tests run against a database on loopback only; AIRLOCK_TEST_DATABASE_URL names another machine.');
  }
}
