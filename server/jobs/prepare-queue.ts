import { Logger, runMigrations } from 'graphile-worker';

/** Makes or updates the tables of the job queue (schema `graphile_worker`). Run after the portal's own migrations; safe to repeat and to run at once. */
export async function prepareQueue(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl, logger: new Logger(() => () => undefined) });
}
