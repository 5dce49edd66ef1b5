import { AppError } from '@/domain/errors';
import { getEnv, isDemo } from '../env';

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/**
 * True where the browser says that a request was made by a page of this portal (OWASP CSRF Prevention: verify the origin).
 * The portal's address is AIRLOCK_URL, not the Host header, which a proxy may change. In demo mode the same machine has
 * several names (localhost, 127.0.0.1): there a loopback Host header counts too, which no other site can make a browser send.
 */
export function isSameOrigin(headers: Pick<Headers, 'get'>): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.get('origin');
  if (origin === null) return site === 'same-origin';
  if (origin === new URL(getEnv().AIRLOCK_URL).origin) return true;
  const host = headers.get('host') ?? '';
  return isDemo() && LOOPBACK_HOST.test(host) && origin === `http://${host}`;
}

/** Throws `cross_origin` unless the request comes from the portal itself. */
export function requireSameOrigin(headers: Pick<Headers, 'get'>): void {
  if (!isSameOrigin(headers)) throw new AppError('cross_origin');
}
