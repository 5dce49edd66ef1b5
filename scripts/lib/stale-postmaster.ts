import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, isAlive, signal, waitUntilGone, workingDirectoryOf } from './processes';
import { StartError } from './start-error';

/**
 * Ends a server that still runs on this cluster because its launcher was killed, and removes a `postmaster.pid` whose number has
 * since been given to some other process. The caller holds the lock of the data folder, so the server is nobody else's.
 */
export async function stopStalePostmaster(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const pid = readPid(file);
  if (pid === undefined || !isAlive(pid)) return;
  if (!isPostmasterOf(pid, cluster)) {
    rmSync(file, { force: true });
    return;
  }
  // Fast, then immediate (the next start recovers from the log), then without asking.
  for (const [name, patience] of [['SIGINT', 15_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]] as const) {
    signal(pid, name);
    if (await waitUntilGone(pid, patience)) return;
  }
  throw new StartError(`An embedded database from an earlier start (process ${pid}) does not end: end it, then start again.`);
}

/** A running server works in its data folder; where the system hides that, its command line names the folder. */
function isPostmasterOf(pid: number, cluster: string): boolean {
  const folder = workingDirectoryOf(pid);
  if (folder !== undefined) return folder === realpathSync(cluster);
  return commandOf(pid)?.includes(cluster) ?? false;
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}
