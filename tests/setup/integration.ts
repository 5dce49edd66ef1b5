import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedS3 } from '@/embedded-s3/server';
import { startEmbeddedPostgres } from '@/scripts/lib/embedded-postgres';
import { applyMigrations } from '@/scripts/lib/migrations';
import { removeDataFolder } from '@/scripts/lib/postgres-home';
import { repositoryRoot } from '@/scripts/lib/repository-root';
import { runOnServer } from '@/scripts/lib/scratch-database';
import { removeDeadRuns } from '@/scripts/lib/test-folders';
import { prepareQueue } from '@/server/jobs/prepare-queue';
import { onDatabase, refuseDistantDatabase } from './integration-database';

/** What the parts of a run are reached by; each test file reads it with `inject('airlock')`. */
export interface IntegrationRun {
  /** The server's maintenance database, for CREATE DATABASE and DROP DATABASE. */
  adminUrl: string;
  /** A database with every migration applied and nobody connected; test files get copies of it. */
  template: string;
  s3: { endpoint: string; accessKeyId: string; secretAccessKey: string; region: string };
  /** A folder that is gone after the run. */
  folder: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    airlock: IntegrationRun;
  }
}

/**
 * Starts one PostgreSQL and one S3 for all test files of a run, in a folder of this run alone, so that two runs in one checkout do not
 * meet. `AIRLOCK_TEST_DATABASE_URL` names a server that is already there, on loopback, whose account may create databases.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = makeRunFolder();
  const endings: (() => Promise<void>)[] = [() => Promise.resolve(removeDataFolder(folder))];
  const tearDown = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const adminUrl = await databaseServer(folder, endings);
    const template = `airlock_template_${process.pid}_${randomBytes(4).toString('hex')}`;
    await runOnServer(adminUrl, `create database ${template}`);
    endings.push(() => runOnServer(adminUrl, `drop database if exists ${template} with (force)`));
    await applyMigrations({ root: repositoryRoot, url: onDatabase(adminUrl, template) });
    await prepareQueue(onDatabase(adminUrl, template));
    const s3 = await storageServer(folder, endings);
    project.provide('airlock', { adminUrl, template, s3, folder });
    return tearDown;
  } catch (error) {
    await tearDown();
    throw error;
  }
}

async function databaseServer(folder: string, endings: (() => Promise<void>)[]): Promise<string> {
  const given = process.env.AIRLOCK_TEST_DATABASE_URL;
  if (given) {
    refuseDistantDatabase(given);
    return given;
  }
  const server = await startEmbeddedPostgres({ dataDir: folder, durable: false });
  endings.push(server.stop);
  return server.url('postgres');
}

async function storageServer(folder: string, endings: (() => Promise<void>)[]): Promise<IntegrationRun['s3']> {
  const keys = { accessKeyId: 'AIRLOCKTEST000000000', secretAccessKey: randomBytes(24).toString('base64url'), region: 'eu-west-1' };
  const storage = await startEmbeddedS3({ dataDir: join(folder, 'storage'), port: 0, ...keys });
  endings.push(() => storage.close());
  return { endpoint: storage.endpoint, ...keys };
}

/** `.test/run-<process>-<random>`; what killed runs left is removed first. */
function makeRunFolder(): string {
  const parent = join(repositoryRoot, '.test');
  mkdirSync(parent, { recursive: true });
  removeDeadRuns(repositoryRoot);
  const folder = join(parent, `run-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(folder);
  return folder;
}
