import { isAppError } from '@/domain/errors';
import { ROLE_LABELS } from '@/domain/roles';
import { emailAddress } from '@/domain/text';
import { closeDb, getDb } from '@/server/db';
import { EnvironmentError } from '@/server/env';
import { disableUser } from '@/server/user/disable-user';
import { ensureStaffUser, STAFF_COMMAND } from '@/server/user/ensure-staff-user';
import { STAFF_ROLES, staffRole } from '@/server/user/staff-rules';

/** Staff accounts from the command line: the first administrator of a fresh portal, and the way back in. */
const USAGE = `npm run staff -- list
npm run staff -- add name@example.com <role>     makes the account, or gives it this role and opens it again
npm run staff -- disable name@example.com        shuts it and ends its sessions
Roles: ${STAFF_ROLES.join(', ')}. DATABASE_URL names the portal's database, AUTH_SECRET is the portal's own.`;

class UsageError extends Error {}

function addressOf(text: string | undefined): string {
  const parsed = emailAddress.safeParse(text);
  if (!parsed.success) throw new UsageError('Give the e-mail address of the person.');
  return parsed.data;
}

async function list(): Promise<void> {
  const rows = await getDb().user.findMany({ where: { role: { in: [...STAFF_ROLES] } }, orderBy: { email: 'asc' }, select: { email: true, role: true, disabledAt: true } });
  if (rows.length === 0) console.log('There are no staff accounts yet.');
  for (const { email, role, disabledAt } of rows) console.log(`${email ?? '(erased)'}  ${ROLE_LABELS[role]}${disabledAt ? '  (disabled)' : ''}`);
}

async function add(address: string | undefined, roleName: string | undefined): Promise<void> {
  const email = addressOf(address);
  const role = staffRole.safeParse(roleName);
  if (!role.success) throw new UsageError(`Give one of the roles: ${STAFF_ROLES.join(', ')}.`);
  console.log(`${email}: ${await ensureStaffUser({ now: new Date(), email, role: role.data })}`);
}

async function disable(address: string | undefined): Promise<void> {
  const email = addressOf(address);
  const user = await getDb().user.findUnique({ where: { email }, select: { id: true } });
  if (!user) throw new UsageError('There is no account with this address.');
  await disableUser({ actor: STAFF_COMMAND, now: new Date(), userId: user.id });
  console.log(`${email}: disabled`);
}

async function main([verb, ...rest]: readonly string[]): Promise<void> {
  if (verb === 'list') return list();
  if (verb === 'add') return add(rest[0], rest[1]);
  if (verb === 'disable') return disable(rest[0]);
  throw new UsageError('Say what to do.');
}

/** One sentence, and the usage where the command itself was wrong. */
function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${USAGE}`;
  if (error instanceof EnvironmentError) return error.message;
  if (isAppError(error)) return error.detail;
  return `The database did not answer as expected (${error instanceof Error ? error.name : 'unknown'}). Is the portal's database running, and are its migrations applied?`;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
} finally {
  await closeDb();
}
