import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tryFileLock, type FileLock } from './file-lock';
import { StartError, systemCode } from './start-error';

/**
 * Makes the data folder, 0700, and takes it for this process until `release`. Throws `StartError` where it is another account's, is no
 * folder, may not be written to, or is in use by another start.
 */
export function openDataFolder(dataDir: string): FileLock {
  makeFolder(dataDir);
  const found = statSync(dataDir);
  if (!found.isDirectory()) throw new StartError(`${dataDir} is a file, not a folder: remove it, or choose another folder with AIRLOCK_DATA_DIR.`);
  if (process.getuid && found.uid !== process.getuid()) {
    throw new StartError(`The data folder ${dataDir} belongs to another account (user id ${found.uid}): start as that account, or choose another folder with AIRLOCK_DATA_DIR.`);
  }
  try {
    chmodSync(dataDir, 0o700);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const name of ['logs', 'secrets']) mkdirSync(join(dataDir, name), { recursive: true, mode: 0o700 });
    const lock = tryFileLock(join(dataDir, 'running.json'));
    if ('release' in lock) return lock;
    throw new StartError(`The portal already runs from ${dataDir} (process ${lock.pid}): stop it first, or choose another folder with AIRLOCK_DATA_DIR and another port with PORT.`);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw cannotUse(dataDir, error);
  }
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw cannotUse(dataDir, error);
  }
}

const REASONS: Record<string, string> = {
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'part of the path is a file',
  EEXIST: 'something that is not a folder is in the way',
};

function cannotUse(dataDir: string, error: unknown): StartError {
  const code = systemCode(error) ?? 'unknown';
  return new StartError(`The data folder ${dataDir} cannot be used: ${REASONS[code] ?? code}. Put that right, or choose another folder with AIRLOCK_DATA_DIR.`);
}
