import { takeRateLimit } from '../rate-limit/take';

const QUARTER_HOUR = 15 * 60;

/** Requests for a link: by address (nobody's mailbox is flooded), by network, and in all (the mail server is not ours to flood). */
export async function limitLinkRequests({ email, network, now }: { email: string; network: string; now: Date }): Promise<void> {
  const windowSeconds = QUARTER_HOUR;
  if (network !== 'unknown') await takeRateLimit({ purpose: 'sign-in-network', subject: network, limit: 30, windowSeconds, now });
  await takeRateLimit({ purpose: 'sign-in-address', subject: email, limit: 5, windowSeconds, now });
  await takeRateLimit({ purpose: 'sign-in-overall', subject: 'all', limit: 1000, windowSeconds, now });
}

/** Attempts to redeem. The secret cannot be guessed; this keeps the database from being asked for nothing. */
export async function limitRedeems({ network, now }: { network: string; now: Date }): Promise<void> {
  const windowSeconds = QUARTER_HOUR;
  if (network !== 'unknown') await takeRateLimit({ purpose: 'redeem-network', subject: network, limit: 100, windowSeconds, now });
  await takeRateLimit({ purpose: 'redeem-overall', subject: 'all', limit: 5000, windowSeconds, now });
}
