import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { makeAppRole } from './database-rights';
import { startEmbeddedPostgres } from './embedded-postgres';
import type { Endings } from './endings';
import { StartError, sentenceOf } from './start-error';

export const DATABASE = 'airlock';
/** As whom web and worker connect to the embedded database. */
export const APP_ROLE = 'airlock_app';

export interface DatabasePart {
  /** For web and worker. */
  url: string;
  /** For migrations and for giving rights: the owner of the tables. The same as `url` where nobody gave another. */
  ownerUrl: string;
  /** The role of `url`, where it is another than the owner and has to be given its rights after the migrations. */
  appRole?: string;
  /** Set when the launcher runs the server itself. */
  embedded?: { port: number; lost: Promise<void> };
}

export interface DatabaseOptions {
  /** DATABASE_URL and DATABASE_OWNER_URL. */
  given: string | undefined;
  owner: string | undefined;
  dataDir: string;
  temporary: boolean;
  endings: Endings;
}

/** The database that DATABASE_URL names, or an embedded one in the data folder. Throws `StartError` where it cannot be reached. */
export async function openDatabase({ given, owner, dataDir, temporary, endings }: DatabaseOptions): Promise<DatabasePart> {
  if (given) {
    await requireReachable(owner ?? given, owner ? 'DATABASE_OWNER_URL' : 'DATABASE_URL');
    if (!owner) return { url: given, ownerUrl: given };
    await requireReachable(given, 'DATABASE_URL');
    const appRole = userOf(given);
    return { url: given, ownerUrl: owner, ...(appRole === userOf(owner) ? {} : { appRole }) };
  }
  const server = await startEmbeddedPostgres({ dataDir, durable: !temporary });
  endings.add('database', server.stop);
  await createIfAbsent(server.url('postgres'));
  const password = keepPassword(join(dataDir, 'secrets', 'postgres-app-password'));
  const ownerUrl = server.url(DATABASE);
  await makeAppRole({ ownerUrl, role: APP_ROLE, password });
  return { url: asRole(ownerUrl, APP_ROLE, password), ownerUrl, appRole: APP_ROLE, embedded: server };
}

/** The role that a connection URL names. */
function userOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

function asRole(url: string, role: string, password: string): string {
  const address = new URL(url);
  address.username = role;
  address.password = password;
  return address.href;
}

/** A lost password is made anew: the role is given whatever the file holds. */
function keepPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

/** The accounts that anybody may sign in with in demo mode, and whether the demo data is there. */
export async function readDemoAccounts(url: string): Promise<{ email: string; role: string }[]> {
  return await withClient(url, async (client) => {
    const { rows } = await client.query<{ email: string; role: string }>('select email, role from "User" where "isDemo" and email is not null and "disabledAt" is null order by role, email');
    return rows;
  });
}

async function requireReachable(url: string, variable: string): Promise<void> {
  try {
    await withClient(url, (client) => client.query('select 1'));
  } catch (error) {
    // The URL holds a password, so the sentence names the variable and not its value.
    throw new StartError(`The database in ${variable} cannot be reached: ${sentenceOf(error) || 'no answer'}.`);
  }
}

async function createIfAbsent(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
}

async function withClient<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
