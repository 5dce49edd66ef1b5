import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { APP_ROLE, DATABASE } from './database-part';
import { portInUse } from './ports';

/**
 * For commands that run beside the portal: where DATABASE_URL is not set, it is the embedded database that a running portal has in its data
 * folder. Leaves everything as it is where there is none; what then needs the database says so.
 */
export function usePortalDatabase(env: NodeJS.ProcessEnv, root: string): void {
  if (env.DATABASE_URL) return;
  const dataDir = resolve(root, env.AIRLOCK_DATA_DIR || '.data');
  const password = join(dataDir, 'secrets', 'postgres-app-password');
  const port = portInUse(dataDir, 'postgres');
  if (port === undefined || !existsSync(password)) return;
  env.DATABASE_URL = `postgresql://${APP_ROLE}:${readFileSync(password, 'utf8').trim()}@127.0.0.1:${port}/${DATABASE}`;
}
