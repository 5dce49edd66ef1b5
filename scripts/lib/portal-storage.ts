import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEMO_ACCESS_KEY_ID } from './demo-secrets';
import { portInUse } from './ports';

/**
 * For commands that run beside a demo: where S3_ENDPOINT is not set, it is the embedded storage that a running portal has in its data folder. Leaves everything as it is where
 * there is none.
 */
export function usePortalStorage(env: NodeJS.ProcessEnv, root: string): void {
  if (env.S3_ENDPOINT) return;
  const dataDir = resolve(root, env.AIRLOCK_DATA_DIR || '.data');
  const key = join(dataDir, 'secrets', 'storage-key');
  const port = portInUse(dataDir, 'storage');
  if (port === undefined || !existsSync(key)) return;
  Object.assign(env, { S3_ENDPOINT: `http://127.0.0.1:${port}`, S3_ACCESS_KEY_ID: DEMO_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY: readFileSync(key, 'utf8').trim() });
}
