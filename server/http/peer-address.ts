import diagnostics from 'node:diagnostics_channel';
import { type IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
import { keyedHash } from '../crypto/secrets';
import { getEnv } from '../env';

/**
 * Next hands route handlers headers only, and what a client writes into X-Forwarded-For it believes. So the address of the
 * socket is put into a header of ours before Next sees the request, over whatever the client sent under that name.
 */
const PEER_HEADER = 'x-airlock-peer';
const holder = globalThis as typeof globalThis & { airlockPeerMarked?: boolean };

/** Marks every request of this process. Called once, when the web process starts (instrumentation.ts). */
export function markPeerAddresses(): void {
  if (holder.airlockPeerMarked) return;
  holder.airlockPeerMarked = true;
  diagnostics.subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
  });
}

/** An IPv6 network of a customer is a /64 at least; an IPv4 address inside IPv6 is itself. */
function networkOf(address: string): string {
  const plain = address.trim().replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return 'unknown';
  const [head = '', tail] = new URL(`http://[${plain.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? left : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/**
 * The network that a request came from, for rate limits; it is never kept or logged as it is. Behind TRUSTED_PROXIES proxies,
 * each of which appends to X-Forwarded-For whom it spoke with, it is the entry that the outermost of them wrote; what stands
 * left of that is the client's own word and counts for nothing.
 */
export function clientNetwork(headers: Pick<Headers, 'get'>, trustedProxies: number = getEnv().TRUSTED_PROXIES): string {
  const peer = holder.airlockPeerMarked ? headers.get(PEER_HEADER) : null;
  if (trustedProxies === 0) return networkOf(peer ?? '');
  const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim()).filter(Boolean);
  return networkOf(chain.at(-trustedProxies) ?? peer ?? '');
}

/** What stands for a network in the logs: the same for the same network, and worth nothing without AUTH_SECRET (P-LOGS). */
export function peerPseudonym(headers: Pick<Headers, 'get'>): string | undefined {
  return getEnv().AUTH_SECRET ? keyedHash('log peer', clientNetwork(headers)).slice(0, 16) : undefined;
}
