import { once } from 'node:events';
import { exportAuditLog } from '@/server/audit/export-audit-log';
import { closeDb } from '@/server/db';
import { EnvironmentError } from '@/server/env';
import { usePortalDatabase } from './lib/portal-database';
import { repositoryRoot } from './lib/repository-root';

/** `npm run audit:export > audit.jsonl`: the audit log as JSON lines on the standard output, optionally from an event on. */
const USAGE = 'npm run --silent audit:export -- [--from <number>] > audit.jsonl';

class UsageError extends Error {}

function fromOf(args: readonly string[]): string {
  const [option, number, ...rest] = args;
  if (option === undefined) return '1';
  if (option === '--from' && number !== undefined && /^[1-9]\d{0,17}$/.test(number) && rest.length === 0) return number;
  throw new UsageError(USAGE);
}

usePortalDatabase(process.env, repositoryRoot);
try {
  const fromSeq = fromOf(process.argv.slice(2));
  for await (const lines of await exportAuditLog({ actor: { kind: 'system', name: 'audit-export-command' }, now: new Date(), fromSeq })) {
    if (!process.stdout.write(lines)) await once(process.stdout, 'drain');
  }
} catch (error) {
  console.error(error instanceof UsageError || error instanceof EnvironmentError ? error.message : `The audit log could not be read (${error instanceof Error ? error.name : 'unknown'}). Is the portal's database running?`);
  process.exitCode = 1;
} finally {
  await closeDb();
}
