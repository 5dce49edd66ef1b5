import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import { removeDataFolder } from './postgres-home';

/** Runs `use` against a fresh cluster in `<root>/.test` that is gone afterwards. */
export async function withScratchPostgres<Result>(root: string, use: (server: EmbeddedPostgres) => Promise<Result>): Promise<Result> {
  mkdirSync(join(root, '.test'), { recursive: true });
  const dataDir = mkdtempSync(join(root, '.test', `scratch-${process.pid}-`));
  try {
    const server = await startEmbeddedPostgres({ dataDir, durable: false });
    try {
      return await use(server);
    } finally {
      await server.stop();
    }
  } finally {
    removeDataFolder(dataDir);
  }
}

/** Runs one statement that may not be part of a transaction, such as CREATE DATABASE. */
export async function runOnServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
