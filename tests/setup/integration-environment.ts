import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { ENVIRONMENT_VARIABLES } from '@/server/env';
import { configureBucket } from '@/server/storage/configure-bucket';
import { makeS3 } from '@/server/storage/s3-client';
import { createTestDatabase } from './integration-database';

/**
 * Gives each integration test file a database, a bucket and a data folder of its own, and sets the environment before the file is
 * loaded. What the developer's shell sets does not reach the tests. The bucket goes with the run's folder.
 */
const { s3, folder } = inject('airlock');
const database = await createTestDatabase();
const name = randomBytes(8).toString('hex');
const dataDir = join(folder, `file-${name}`);
const bucket = `airlock-test-${name}`;
mkdirSync(dataDir, { mode: 0o700 });

for (const variable of ENVIRONMENT_VARIABLES) delete process.env[variable.name];
Object.assign(process.env, {
  AIRLOCK_MODE: 'demo',
  AIRLOCK_DATA_DIR: dataDir,
  AIRLOCK_URL: 'http://localhost:3000',
  AUTH_SECRET: randomBytes(48).toString('base64url'),
  DATABASE_URL: database.url,
  S3_ENDPOINT: s3.endpoint,
  S3_BUCKET: bucket,
  S3_ACCESS_KEY_ID: s3.accessKeyId,
  S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  AWS_REGION: s3.region,
  LOG_LEVEL: 'debug',
});

const storage = makeS3({ region: s3.region, endpoint: s3.endpoint, credentials: s3 });
await configureBucket({ s3: storage, bucket, portalOrigin: 'http://localhost:3000' });
storage.destroy();

afterAll(async () => {
  const { closeDb } = await import('@/server/db');
  await closeDb();
  await database.drop();
});
