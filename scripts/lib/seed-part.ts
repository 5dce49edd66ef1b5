import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { END_WITH_LAUNCHER, startChild } from './child-process';
import { readDemoAccounts } from './database-part';
import { describeExit } from './kept-process';
import { lastWords, openProcessLog } from './process-log';
import { StartError } from './start-error';

/**
 * Fills an empty portal with demo data, once. The data folder remembers that it was finished, so that a seed that was cut short is
 * run again (it is safe to repeat), and the accounts tell when the database was emptied since.
 */
export async function seedOnce({ root, url, dataDir, env, signal }: { root: string; url: string; dataDir: string; env: Record<string, string>; signal?: AbortSignal }): Promise<'seeded' | 'kept'> {
  const finished = join(dataDir, 'seeded');
  if (existsSync(finished) && (await readDemoAccounts(url)).length > 0) return 'kept';
  const log = openProcessLog(dataDir, 'seed');
  const child = startChild({ command: process.execPath, args: [...END_WITH_LAUNCHER, '--import', 'tsx', 'prisma/seed/run.ts'], cwd: root, env, output: log.write });
  const abort = () => void child.stop(2_000);
  signal?.addEventListener('abort', abort, { once: true });
  const exit = await child.exited;
  signal?.removeEventListener('abort', abort);
  await child.stop(0);
  log.close();
  signal?.throwIfAborted();
  if (exit.code !== 0) throw new StartError(`The demo data cannot be written (${describeExit(exit)}): ${lastWords(log.tail())} What it said is in ${log.file}.`);
  writeFileSync(finished, new Date().toISOString(), { mode: 0o600 });
  return 'seeded';
}
