import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { END_WITH_LAUNCHER, startChild } from './child-process';
import { readDemoAccounts } from './database-part';
import { describeExit } from './kept-process';
import { lastWords, openProcessLog } from './process-log';
import { hashFolders } from './source-hash';
import { StartError } from './start-error';

export interface ContentOptions {
  root: string;
  url: string;
  dataDir: string;
  demo: boolean;
  env: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Publishes the texts that are not published yet, and in demo mode writes the demo data (`prisma/seed/run.ts`, safe to repeat). Production
 * does so at every start. In demo mode the data folder remembers what was done, so that a start with the same texts skips it; one
 * that was cut short is done again, and so is one whose database has been emptied since.
 */
export async function publishTexts({ root, url, dataDir, demo, env, signal }: ContentOptions): Promise<'written' | 'kept'> {
  const record = join(dataDir, 'seeded');
  const state = createHash('sha256').update(hashFolders(root, ['content', 'prisma/seed'])).update(JSON.stringify(vendorSettings(env))).digest('hex');
  if (demo && existsSync(record) && readFileSync(record, 'utf8') === state && (await readDemoAccounts(url)).length > 0) return 'kept';
  const log = openProcessLog(dataDir, 'seed');
  const child = startChild({ command: process.execPath, args: [...END_WITH_LAUNCHER, '--import', 'tsx', 'prisma/seed/run.ts'], cwd: root, env, output: log.write });
  const abort = () => void child.stop(2_000);
  signal?.addEventListener('abort', abort, { once: true });
  const exit = await child.exited;
  signal?.removeEventListener('abort', abort);
  await child.stop(0);
  log.close();
  signal?.throwIfAborted();
  if (exit.code !== 0) throw new StartError(`The texts${demo ? ' and the demo data' : ''} cannot be written (${describeExit(exit)}): ${lastWords(log.tail())} What it said is in ${log.file}.`);
  writeFileSync(record, state, { mode: 0o600 });
  return 'written';
}

/** The texts name the vendor, so other settings may mean other texts. */
function vendorSettings(env: Record<string, string>): [string, string][] {
  return Object.entries(env).filter(([name]) => name.startsWith('VENDOR_') || name.startsWith('RETENTION_')).sort();
}
