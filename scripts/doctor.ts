/**
 * `npm run doctor`: looks at the environment, storage, database, mail, keys and clocks of a portal and says what to change. Run it with
 * the portal's own environment, on its own machine; `-- --role web` or `worker` where each has its own credentials. Ends with 1 where
 * something fails.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { closeDb } from '@/server/db';
import { diagnose, PORTAL_ROLES } from '@/server/doctor/diagnose';
import { type Diagnosis, type Severity } from '@/server/doctor/diagnosis';
import { EnvironmentError } from '@/server/env';
import { closeS3 } from '@/server/storage/s3-client';

const MARK: Readonly<Record<Severity, string>> = { ok: 'ok   ', warn: 'WARN ', fail: 'FAIL ' };

function show({ part, severity, found, remedy }: Diagnosis): void {
  console.log(`${MARK[severity]} ${part.padEnd(28)} ${found}${remedy ? `\n${' '.repeat(35)}${remedy}` : ''}`);
}

process.env.AIRLOCK_MODE ??= 'production';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const { values } = parseArgs({ options: { role: { type: 'string', default: 'both' } } });
try {
  const role = z.enum(PORTAL_ROLES, { error: `--role is one of: ${PORTAL_ROLES.join(', ')}` }).parse(values.role);
  const found = await diagnose({ now: new Date(), role });
  found.forEach(show);
  const count = (severity: Severity) => found.filter((one) => one.severity === severity).length;
  console.log(`${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} to mend`);
  process.exitCode = count('fail') === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  for (const problem of error.problems) show({ part: 'environment', severity: 'fail', found: problem });
  process.exitCode = 1;
} finally {
  closeS3();
  await closeDb();
}
