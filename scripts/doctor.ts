/**
 * `npm run doctor`: looks at the environment, storage, database, mail, keys and clocks of a portal and says what to change. Run it with
 * the portal's own environment, on its own machine (of a demo it finds the embedded parts by itself); `-- --role web` or `worker` where each has its own credentials. Ends with 1 where
 * something fails, 2 where it was asked for something that it does not know.
 */
import { parseArgs } from 'node:util';
import { closeDb } from '@/server/db';
import { diagnose, PORTAL_ROLES, type PortalRole } from '@/server/doctor/diagnose';
import { type Diagnosis, type Severity } from '@/server/doctor/diagnosis';
import { EnvironmentError, isDemo } from '@/server/env';
import { closeS3 } from '@/server/storage/s3-client';
import { usePortalDatabase } from './lib/portal-database';
import { usePortalStorage } from './lib/portal-storage';
import { repositoryRoot } from './lib/repository-root';

const USAGE = `npm run doctor                    looks at all that the portal stands on, with the portal's environment
npm run doctor -- --role <role>   looks at what that role needs in storage: ${PORTAL_ROLES.join(', ')}`;
const MARK: Readonly<Record<Severity, string>> = { ok: 'ok   ', warn: 'WARN ', fail: 'FAIL ' };

function show({ part, severity, found, remedy }: Diagnosis): void {
  console.log(`${MARK[severity]} ${part.padEnd(28)} ${found}${remedy ? `\n${' '.repeat(35)}${remedy}` : ''}`);
}

function readRole(): PortalRole | undefined {
  const { values, positionals } = parseArgs({ strict: false, allowPositionals: true, options: { role: { type: 'string' } } });
  const isKnown = positionals.length === 0 && Object.keys(values).every((name) => name === 'role');
  return isKnown ? PORTAL_ROLES.find((role) => role === (values.role ?? 'both')) : undefined;
}

async function main(): Promise<number> {
  const role = readRole();
  if (!role) {
    console.error(USAGE);
    return 2;
  }
  try {
    if (process.env.AIRLOCK_MODE === 'demo') {
      usePortalDatabase(process.env, repositoryRoot);
      usePortalStorage(process.env, repositoryRoot);
    }
    if (isDemo()) console.log('AIRLOCK_MODE is demo: it is looked at as if it were to be production.');
    const found = await diagnose({ now: new Date(), role });
    found.forEach(show);
    const count = (severity: Severity) => found.filter((one) => one.severity === severity).length;
    console.log(`${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} to mend`);
    return count('fail') === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    for (const problem of error.problems) show({ part: 'environment', severity: 'fail', found: problem });
    console.log('Nothing else was looked at. Run it with the environment that the portal is started with.');
    return 1;
  } finally {
    closeS3();
    await closeDb();
  }
}

process.env.AIRLOCK_MODE ??= 'production';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
// As the portal's own processes: what the machine has set up for other programs is not where the portal sends data.
process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS = 'true';
process.exitCode = await main();
