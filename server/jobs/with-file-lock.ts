import { withLock } from './with-lock';

/**
 * Runs `work` while this process alone works on the objects of a file, over minutes if need be, without an open transaction.
 * @returns null where another process holds the lock
 */
export function withFileLock<T>(fileId: string, work: () => Promise<T>): Promise<T | null> {
  return withLock(`file ${fileId}`, work);
}
