import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedS3 } from '@/embedded-s3/server';
import { applyMigrations } from './migrations';
import { removeDataFolder } from './postgres-home';
import { runOnServer, withScratchPostgres } from './scratch-database';

/**
 * Runs `use` with the portal's modules on a real PostgreSQL and the embedded storage, in a folder below `<root>/.test` that is gone afterwards. They read the
 * environment, which is set here: `use` imports them itself.
 */
export async function withScratchPortal<Result>(root: string, use: () => Promise<Result>): Promise<Result> {
  mkdirSync(join(root, '.test'), { recursive: true });
  const folder = mkdtempSync(join(root, '.test', `portal-${process.pid}-`));
  const keys = { accessKeyId: 'AIRLOCKSCRATCH000000', secretAccessKey: randomBytes(24).toString('base64url'), region: 'eu-west-1' };
  try {
    return await withScratchPostgres(root, async (server) => {
      const storage = await startEmbeddedS3({ dataDir: join(folder, 'storage'), port: 0, ...keys });
      try {
        await runOnServer(server.url('postgres'), 'create database portal');
        await applyMigrations({ root, url: server.url('portal') });
        Object.assign(process.env, {
          AIRLOCK_MODE: 'demo', AIRLOCK_DATA_DIR: folder, AIRLOCK_URL: 'http://localhost:3000', AUTH_SECRET: randomBytes(48).toString('base64url'), DATABASE_URL: server.url('portal'), LOG_LEVEL: 'warn',
          S3_ENDPOINT: storage.endpoint, S3_BUCKET: 'airlock-scratch', S3_ACCESS_KEY_ID: keys.accessKeyId, S3_SECRET_ACCESS_KEY: keys.secretAccessKey, AWS_REGION: keys.region,
        });
        return await onPreparedPortal(server.url('portal'), use);
      } finally {
        await storage.close();
      }
    });
  } finally {
    removeDataFolder(folder);
  }
}

async function onPreparedPortal<Result>(databaseUrl: string, use: () => Promise<Result>): Promise<Result> {
  const { prepareQueue } = await import('@/server/jobs/prepare-queue');
  const { configureBucket } = await import('@/server/storage/configure-bucket');
  const { closeS3, getBucket, getS3 } = await import('@/server/storage/s3-client');
  const { closeDb } = await import('@/server/db');
  await prepareQueue(databaseUrl);
  await configureBucket({ s3: getS3(), bucket: getBucket(), portalOrigin: 'http://localhost:3000' });
  try {
    return await use();
  } finally {
    await closeDb();
    closeS3();
  }
}
