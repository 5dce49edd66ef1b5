import { isAppError } from '@/domain/errors';

/** What went wrong, by its code: messages of drivers and servers may hold addresses and accounts. */
export function sentence(error: unknown): string {
  const cause = isAppError(error) && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : cause instanceof Error ? cause.name : 'unknown';
  return `It did not answer as it should (${code.replace(/[^\w.-]/g, '').slice(0, 60)}).`;
}
