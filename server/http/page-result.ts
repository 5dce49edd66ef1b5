import 'server-only';
import { notFound } from 'next/navigation';
import { isAppError } from '@/domain/errors';

/** For pages: waits for a use case and shows the one "not found" page where it throws `not_found`. Other errors pass through. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  }
}
