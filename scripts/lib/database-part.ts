import pg from 'pg';
import { startEmbeddedPostgres } from './embedded-postgres';
import type { Endings } from './endings';
import { StartError, sentenceOf } from './start-error';

const DATABASE = 'airlock';

export interface DatabasePart {
  url: string;
  /** Set when the launcher runs the server itself. */
  embedded?: { port: number; lost: Promise<void> };
}

/** The database that DATABASE_URL names, or an embedded one in the data folder. Throws `StartError` where it cannot be reached. */
export async function openDatabase({ given, dataDir, temporary, endings }: { given: string | undefined; dataDir: string; temporary: boolean; endings: Endings }): Promise<DatabasePart> {
  if (given) {
    await requireReachable(given);
    return { url: given };
  }
  const server = await startEmbeddedPostgres({ dataDir, durable: !temporary });
  endings.add('database', server.stop);
  await createIfAbsent(server.url('postgres'));
  return { url: server.url(DATABASE), embedded: server };
}

/** The accounts that anybody may sign in with in demo mode, and whether the demo data is there. */
export async function readDemoAccounts(url: string): Promise<{ email: string; role: string }[]> {
  return await withClient(url, async (client) => {
    const { rows } = await client.query<{ email: string; role: string }>('select email, role from "User" where "isDemo" and email is not null and "disabledAt" is null order by role, email');
    return rows;
  });
}

async function requireReachable(url: string): Promise<void> {
  try {
    await withClient(url, (client) => client.query('select 1'));
  } catch (error) {
    // The URL holds a password, so the sentence names the variable and not its value.
    throw new StartError(`The database in DATABASE_URL cannot be reached: ${sentenceOf(error) || 'no answer'}.`);
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
