import { getDb } from '../db';
import { getEnv } from '../env';
import { checkMigrations } from '../health/check-migrations';
import { type Diagnosis, fail, look, ok, warn } from './diagnosis';
import { judgeClock } from './check-storage';
import { excessRights } from './excess-rights';

const OLDEST_VERSION = 15;
const REACH = 'Start PostgreSQL, or mend DATABASE_URL.';

/** Version, encoding, rights and migrations of the database, and its clock. */
export async function checkDatabase(): Promise<readonly Diagnosis[]> {
  return look('database', REACH, async () => [...(await checkServer()), ...(await checkRights()), ...(await checkSchema())]);
}

async function checkServer(): Promise<Diagnosis[]> {
  const asked = new Date();
  const [row] = await getDb().$queryRaw<{ version: number; encoding: string; now: Date }[]>`
    select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding, clock_timestamp() as now`;
  const answered = new Date();
  if (!row) return [fail('database', 'The database did not answer.', REACH)];
  return [
    row.version >= OLDEST_VERSION ? ok('database: version', `PostgreSQL ${row.version}.`) : fail('database: version', `PostgreSQL ${row.version} is too old.`, `Use PostgreSQL ${OLDEST_VERSION} or newer.`),
    row.encoding === 'UTF8' ? ok('database: encoding', 'UTF-8.') : fail('database: encoding', `The database is encoded in ${row.encoding}.`, 'Make the database anew with UTF-8 encoding.'),
    judgeClock('database', { theirs: row.now, asked, answered }),
  ];
}

async function checkRights(): Promise<Diagnosis[]> {
  const part = 'database: rights';
  const remedy = 'Make the two roles with deploy/database-roles.sql, and give the owner of the tables in DATABASE_OWNER_URL: the next start gives the portal\'s role its rights.';
  const excess = await excessRights(getEnv().DATABASE_URL ?? '');
  return excess.length === 0 ? [ok(part, 'The portal\'s role cannot change or remove what may never change, and cannot make tables.')] : excess.map((found) => fail(part, found, remedy));
}

async function checkSchema(): Promise<readonly Diagnosis[]> {
  try {
    await checkMigrations();
    return [ok('database: migrations', 'Every migration of this version is applied, and no other.')];
  } catch {
    return [warn('database: migrations', 'The migrations of this version and those of the database differ.', 'Start the portal once: it applies its migrations. If the database is newer, deploy the newer version.')];
  }
}
