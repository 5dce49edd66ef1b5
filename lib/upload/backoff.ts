/** Waits between attempts, as in "Exponential Backoff And Jitter" (AWS Architecture Blog): full jitter. */
export const BACKOFF_BASE_MS = 1000;
export const BACKOFF_CAP_MS = 60_000;
/** Counted attempts in a row for one operation before its file fails: about ten minutes of nothing but failure. */
export const MAX_ATTEMPTS = 20;
/** A server may ask for a longer wait than ours, up to this. */
const RETRY_AFTER_CAP_MS = 300_000;

/**
 * Milliseconds to wait before attempt `attempt + 1`: evenly spread over 0 to min(cap, base x 2^(attempt - 1)), and at
 * least what the server asked for.
 * @param attempt how many attempts failed so far, from 1
 * @param random a number in [0, 1)
 */
export function backoffMs(attempt: number, random: number, retryAfterSeconds: number | null = null): number {
  const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempt - 1));
  const asked = retryAfterSeconds === null ? 0 : Math.min(RETRY_AFTER_CAP_MS, retryAfterSeconds * 1000);
  return Math.max(Math.floor(random * ceiling), asked);
}

/** 408, 429 and every 5xx may be tried again; no other status is. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status <= 599);
}

/** `Retry-After` in seconds. A date is ignored: the client's clock may be wrong (RFC 9110, section 10.2.3). */
export function parseRetryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header.trim()) : null;
}
