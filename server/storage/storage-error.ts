import { AppError, isAppError } from '@/domain/errors';

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const metadata: unknown = error.$metadata;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** True where S3 says that an object, or one version of it, is not there. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Error && (statusOf(error) === 404 || ['NoSuchKey', 'NoSuchVersion', 'NotFound'].includes(error.name));
}

/** Runs a call of the storage; whatever it fails with becomes `storage_unavailable`, except that something is absent, and an abort. */
export async function throughStorage<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (isAbsent(error) || isAppError(error)) throw error;
    throw new AppError('storage_unavailable', { cause: error, retryAfterSeconds: 30 });
  }
}
