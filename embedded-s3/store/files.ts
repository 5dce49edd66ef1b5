import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';

export const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  await chmod(folder, FOLDER_MODE);
}

/** Makes the entries of a folder (a rename, a removal) last over a crash. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Renames within one file system and makes the new entry last; the target's folder is made where it is missing. */
export async function moveInto(source: string, target: string): Promise<void> {
  const folder = path.dirname(target);
  try {
    await rename(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await makeFolder(folder);
    await syncFolder(path.dirname(folder));
    await rename(source, target);
  }
  await syncFolder(folder);
}

export const temporaryPath = (temporaryFolder: string): string => path.join(temporaryFolder, randomBytes(16).toString('hex'));

/** After a crash the file holds either its old content or the new one, whole. */
export async function writeFileAtomically(temporaryFolder: string, target: string, content: string): Promise<void> {
  const temporary = temporaryPath(temporaryFolder);
  try {
    const handle = await open(temporary, 'wx', FILE_MODE);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await moveInto(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes a file and makes that last; absent is fine. */
export async function removeFile(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  await syncFolder(path.dirname(file));
}
