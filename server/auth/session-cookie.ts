import { type CookieOption, type CookiesOptions } from 'next-auth';
import { decode } from 'next-auth/jwt';
import { SIGNING_SESSION_HOURS } from '@/domain/nda-agreement';
import { isUuid } from '@/domain/uuid';
import { getAuthSecret, getEnv } from '../env';

/** A session's cookie outlives every session row; the row decides (server/session/session-lifetime.ts). Seconds. */
export const COOKIE_SECONDS = 7 * 24 * 60 * 60;

/**
 * Cookies by the scheme of AIRLOCK_URL. Over HTTPS `__Host-` (RFC 6265bis: Secure, no Domain, Path=/), so that no neighbour
 * on a sister host can set one. Over plain HTTP, which is loopback, the port is part of the name: cookies do not know ports,
 * and two portals on one machine would sign each other out.
 */
function cookie(name: string, maxAge?: number): CookieOption {
  const address = new URL(getEnv().AIRLOCK_URL);
  const secure = address.protocol === 'https:';
  return {
    name: secure ? `__Host-airlock.${name}` : `airlock.${address.port || '80'}.${name}`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, ...(maxAge === undefined ? {} : { maxAge }) },
  };
}

const OIDC_SECONDS = 15 * 60;

/** Every cookie of next-auth under our names. */
export function authCookies(): CookiesOptions {
  return {
    sessionToken: cookie('session'),
    callbackUrl: cookie('callback'),
    csrfToken: cookie('csrf'),
    pkceCodeVerifier: cookie('pkce', OIDC_SECONDS),
    state: cookie('state', OIDC_SECONDS),
    nonce: cookie('nonce', OIDC_SECONDS),
  };
}

/** Name and attributes of the session cookie. */
export function sessionCookie(): CookieOption {
  return cookie('session');
}

/** The cookie of a browser that may sign one agreement (server/nda/signing-session.ts). It is no session of a user and admits to nothing else. */
export function signingCookie(): CookieOption {
  return cookie('signing', SIGNING_SESSION_HOURS * 60 * 60);
}

/** One cookie's value from a Cookie header, or null. */
export function cookieValue(header: string | null, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** The Session row that a cookie names, or null for a cookie that is missing, forged, expired or of another kind. */
export async function sessionIdOf(token: string | null | undefined): Promise<string | null> {
  if (!token || token.length > 4096) return null;
  try {
    const claims = await decode({ token, secret: getAuthSecret() });
    return typeof claims?.sid === 'string' && isUuid(claims.sid) ? claims.sid : null;
  } catch {
    return null;
  }
}
