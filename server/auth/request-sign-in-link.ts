import { MINUTE_MS } from '@/domain/durations';
import { safeNextPath } from '@/lib/next-path';
import { randomToken, sha256Hex } from '../crypto/secrets';
import { inTransaction } from '../db';
import { queueNotice } from '../notice/queue-notice';
import { limitLinkRequests } from './sign-in-limits';

/** A link works this long, once. */
export const LINK_MINUTES = 15;

/**
 * Mails a sign-in link. It does not look whether there is an account: every address gets a link, by the same work and with the
 * same answer, and what the address may do is decided when the link is redeemed. So there is nothing to find out here.
 * Earlier links of the address go on working until one of them is redeemed, which ends them all: otherwise a stranger who asks
 * for links could keep somebody from signing in. Throws `rate_limited`.
 */
export async function requestSignInLink({ email, next, network, now }: { email: string; next?: string; network: string; now: Date }): Promise<void> {
  await limitLinkRequests({ email, network, now });
  const secret = randomToken();
  await inTransaction(async (tx) => {
    await tx.signInToken.create({ data: { tokenHash: sha256Hex(secret), email, createdAt: now, expiresAt: new Date(now.getTime() + LINK_MINUTES * MINUTE_MS) } });
    await queueNotice(tx, { kind: 'sign_in_link', address: email, data: { next: safeNextPath(next) }, secret });
  });
}
