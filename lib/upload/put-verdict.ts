import { isRetryableStatus } from './backoff';
import type { PutAnswer } from './ports';

/** What an answer of the storage to a PUT asks for. */
export type PutVerdict = 'stored' | 'ask-portal' | 'new-url' | 'wait' | 'refused';

/**
 * - 2xx: stored.
 * - 412: the object is there already, as after a PUT whose answer was lost. 409 `ConditionalRequestConflict`: another PUT of the
 *   same key is under way (S3 user guide, conditional writes). Both: the portal has to look.
 * - 403 that says "expired", or that the page may not read: a new URL.
 * - 408, 429, 5xx, and S3's 400 `RequestTimeout`, which is its 408 (S3 API reference, error responses): wait.
 * - anything else: refused; trying again would give the same.
 */
export function judgePut(answer: PutAnswer): PutVerdict {
  const { status, errorCode } = answer;
  if (status >= 200 && status <= 299) return 'stored';
  if (status === 412 || (status === 409 && (errorCode === null || errorCode === 'ConditionalRequestConflict'))) return 'ask-portal';
  if (status === 403) return saysExpired(answer) ? 'new-url' : 'refused';
  if (isRetryableStatus(status) || (status === 400 && errorCode === 'RequestTimeout')) return 'wait';
  return 'refused';
}

function saysExpired({ errorCode, errorMessage }: PutAnswer): boolean {
  if (errorCode === null) return true;
  if (errorCode === 'ExpiredToken' || errorCode === 'RequestTimeTooSkewed') return true;
  return errorCode === 'AccessDenied' && /expired/i.test(errorMessage ?? '');
}
