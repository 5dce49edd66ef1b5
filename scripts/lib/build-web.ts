import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, END_WITH_LAUNCHER } from './child-process';
import { toolEnvironment } from './compose-environment';
import { waitForFileLock } from './file-lock';
import { describeExit } from './kept-process';
import { sourceHash } from './source-hash';
import { StartError, systemCode } from './start-error';

export const NEXT = 'node_modules/next/dist/bin/next';

/** Whether `.next` holds a finished build of exactly these sources. */
function isBuilt(root: string): boolean {
  try {
    return readFileSync(recordFile(root), 'utf8') === sourceHash(root);
  } catch {
    return false;
  }
}

/**
 * Builds the web app unless that was done from the same sources. One build at a time in a checkout: the second waits, and then finds
 * it done. `onLine` gets the build's output. Throws `StartError` with the end of that output.
 */
export async function buildWeb({ root, shell, signal, onLine, onWait }: { root: string; shell: NodeJS.ProcessEnv; signal?: AbortSignal; onLine?: (line: string) => void; onWait?: () => void }): Promise<'built' | 'kept'> {
  if (isBuilt(root)) return 'kept';
  const lock = await waitForFileLock(lockFile(root), { signal, onWait });
  try {
    if (isBuilt(root)) return 'kept';
    const hash = sourceHash(root);
    rmSync(recordFile(root), { force: true });
    await runBuild({ root, shell, signal, onLine });
    writeFileSync(recordFile(root), hash);
    return 'built';
  } finally {
    lock.release();
  }
}

async function runBuild({ root, shell, signal, onLine }: { root: string; shell: NodeJS.ProcessEnv; signal?: AbortSignal; onLine?: (line: string) => void }): Promise<void> {
  signal?.throwIfAborted();
  const tail: string[] = [];
  const child = startChild({
    command: process.execPath,
    args: [...END_WITH_LAUNCHER, NEXT, 'build'],
    cwd: root,
    env: toolEnvironment(shell, { NODE_ENV: 'production' }),
    output: (line) => {
      tail.push(line);
      if (tail.length > 40) tail.shift();
      onLine?.(line);
    },
  });
  const abort = () => void child.stop(2_000);
  signal?.addEventListener('abort', abort, { once: true });
  const exit = await child.exited;
  signal?.removeEventListener('abort', abort);
  await child.stop(0);
  signal?.throwIfAborted();
  if (exit.code !== 0) throw new StartError(`The web app cannot be built (${describeExit(exit)}):\n${tail.join('\n')}`);
}

function recordFile(root: string): string {
  return join(root, '.next', 'airlock-sources.sha256');
}

/** Beside the packages, because `next build` empties `.next`. */
function lockFile(root: string): string {
  const folder = join(root, 'node_modules', '.cache', 'airlock');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StartError(`The web app has to be built, but this account may not write in ${root} (${systemCode(error) ?? 'unknown'}): build it once as the folder's owner with "npm run build", or give this account the right.`);
  }
  return join(folder, 'build.json');
}
