import pg from 'pg';
import { StartError, sentenceOf } from './start-error';

/** Held while rights are given, so that two starts do not change the same catalogue rows at once. */
const RIGHTS_LOCK = 4_153_210_978;
const QUEUE = 'graphile_worker';

type Table = { readonly schema: string; readonly name: string; readonly isView: boolean; readonly appendOnly: boolean; /** Row security without a policy for the role: it would see nothing. */ readonly isShut: boolean };

/** Every table and view of the portal and of its queue. Append-only is what has the trigger of that name: one list, kept by the migrations. */
const TABLES = `
  select n.nspname as schema, c.relname as name, c.relkind = 'v' as "isView",
    c.relrowsecurity and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'airlock ' || $1) as "isShut",
    exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'append_only') as "appendOnly"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', '${QUEUE}') and c.relkind in ('r', 'p', 'v') order by 1, 2`;

function rightsOn({ schema, name, isView, appendOnly }: Table): string {
  if (isView || (schema === 'public' && name === '_prisma_migrations')) return 'select';
  return appendOnly ? 'select, insert' : 'select, insert, update, delete';
}

/** The statements that leave `role` with what web and worker need and nothing else: no DDL, no TRUNCATE, no change of what is append-only. */
function statements(tables: readonly Table[], role: string): string[] {
  const to = pg.escapeIdentifier(role);
  const schemas = [...new Set(['public', ...tables.map(({ schema }) => schema)])];
  const on = ({ schema, name }: Table) => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
  return [
    ...schemas.flatMap((schema) => [
      `revoke all on schema ${schema} from ${to}`,
      `grant usage on schema ${schema} to ${to}`,
      `revoke all on all tables in schema ${schema} from ${to}`,
      `grant usage, select on all sequences in schema ${schema} to ${to}`,
      `grant execute on all functions in schema ${schema} to ${to}`,
    ]),
    ...tables.map((table) => `grant ${rightsOn(table)} on ${on(table)} to ${to}`),
    // The queue switches row security on without a policy, which shuts out everybody but the owner.
    ...tables.filter(({ isShut }) => isShut).map((table) => `create policy ${pg.escapeIdentifier(`airlock ${role}`)} on ${on(table)} to ${to} using (true) with check (true)`),
  ];
}

/**
 * Gives `role`, as which web and worker connect, exactly the rights that they need in the database of `ownerUrl`: after the migrations,
 * at each start, safe to repeat. Throws `StartError` where the role is not there or the owner may not give the rights.
 */
export async function grantRights({ ownerUrl, role }: { ownerUrl: string; role: string }): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 15_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [RIGHTS_LOCK]);
    const { rows } = await client.query<Table>(TABLES, [role]);
    for (const statement of statements(rows, role)) await client.query(statement);
    await client.query('commit');
  } catch (error) {
    throw new StartError(`The rights of the database role "${role}" cannot be set: ${sentenceOf(error)} Make the role first (deploy/database-roles.sql), and give the owner of the tables in DATABASE_OWNER_URL.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the login role of web and worker, or gives it this password again. For the embedded database, whose owner may do so. */
export async function makeAppRole({ ownerUrl, role, password }: { ownerUrl: string; role: string; password: string }): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 15_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    const verb = rowCount === 0 ? 'create' : 'alter';
    await client.query(`${verb} role ${pg.escapeIdentifier(role)} login nosuperuser nocreatedb nocreaterole nobypassrls noreplication password ${pg.escapeLiteral(password)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
