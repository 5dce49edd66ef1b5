import { Client } from 'pg';

type Excess = { readonly superuser: boolean; readonly bypass: boolean; readonly owns: string | null; readonly changes: string | null; readonly creates: boolean };

/**
 * What the role of `url` may do though web and worker never need it, as sentences; empty where it is as it should be. It asks the
 * database, so that it finds rights that were given by whatever way.
 */
export async function excessRights(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Excess>(`
      with kept as (select distinct c.oid, c.relname, c.relowner from pg_class c join pg_trigger t on t.tgrelid = c.oid where t.tgname = 'append_only')
      select r.rolsuper as superuser, r.rolbypassrls as bypass, has_schema_privilege(current_user, 'public', 'CREATE') as creates,
        (select string_agg(relname, ', ' order by relname) from kept where pg_has_role(current_user, relowner, 'MEMBER')) as owns,
        (select string_agg(relname, ', ' order by relname) from kept where has_table_privilege(current_user, oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')) as changes
      from pg_roles r where r.rolname = current_user`);
    return rows.flatMap(sentencesOf);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function sentencesOf({ superuser, bypass, owns, changes, creates }: Excess): string[] {
  if (superuser) return ['The role is a superuser: it can change and remove anything, the audit log included.'];
  return [
    ...(owns ? [`The role owns, or belongs to the owner of, tables that may never change: ${owns}.`] : changes ? [`The role may change or remove rows that may never change: ${changes}.`] : []),
    ...(bypass ? ['The role passes by row security.'] : []),
    ...(creates ? ['The role may make tables in the schema public.'] : []),
  ];
}
