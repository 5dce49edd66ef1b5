import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { EnvironmentError, getEnv } from '../env';

/** Sets these locks apart from every other advisory lock of the database. */
const LOCK_SPACE = 'airlock ';

/**
 * Runs `work` while this process alone holds the lock `name`, over minutes if need be, without an open transaction. The lock
 * hangs on a connection of its own, so that it ends with the process however that ends.
 * @returns null where another process holds it
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  const connectionString = getEnv().DATABASE_URL;
  if (!connectionString) throw new EnvironmentError(['DATABASE_URL is not set.']);
  const client = new Client({ connectionString, application_name: 'airlock lock' });
  // A connection that breaks takes the lock with it; the conditional updates below it keep the work right all the same.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const key = createHash('sha256').update(LOCK_SPACE + name).digest().readBigInt64BE(0);
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1::bigint) as locked', [key.toString()]);
    return rows[0]?.locked ? await work() : null;
  } finally {
    await client.end().catch(() => undefined);
  }
}
