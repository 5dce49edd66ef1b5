import { AppError } from '@/domain/errors';
import { keyedHash } from '../crypto/secrets';
import { getDb } from '../db';

export type RateLimitTake = {
  /** Kebab-case, such as `sign-in-address`. */
  readonly purpose: string;
  /** An address or an id; only its HMAC is kept. */
  readonly subject: string;
  readonly limit: number;
  readonly windowSeconds: number;
  readonly now: Date;
};

/**
 * Counts one attempt in a fixed window, across all processes, in one statement. Throws `rate_limited` with the seconds that
 * are left once `limit` attempts were made. It counts outside of any transaction, so that an attempt that fails counts too.
 */
export async function takeRateLimit({ purpose, subject, limit, windowSeconds, now }: RateLimitTake): Promise<void> {
  const windowMs = windowSeconds * 1000;
  const windowStart = new Date(Math.floor(now.getTime() / windowMs) * windowMs);
  const key = keyedHash('rate-limit', `${purpose}\n${subject}`);
  const rows = await getDb().$queryRaw<{ count: number }[]>`
    insert into "RateLimit" ("key", "windowStart", "count") values (${key}, ${windowStart}, 1)
    on conflict ("key") do update set
      "count" = case when "RateLimit"."windowStart" = excluded."windowStart" then least("RateLimit"."count" + 1, 1000000) else 1 end,
      "windowStart" = excluded."windowStart"
    returning "count"`;
  if ((rows[0]?.count ?? 0) <= limit) return;
  const retryAfterSeconds = Math.ceil((windowStart.getTime() + windowMs - now.getTime()) / 1000);
  throw new AppError('rate_limited', { retryAfterSeconds, detail: `There were too many attempts. Try again in ${minutes(retryAfterSeconds)}.` });
}

function minutes(seconds: number): string {
  const count = Math.max(1, Math.ceil(seconds / 60));
  return count === 1 ? 'a minute' : `${count} minutes`;
}
