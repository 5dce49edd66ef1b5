import { type AuthOptions, type User } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { type OAuthConfig } from 'next-auth/providers/oauth';
import { type UserActor } from '@/domain/actor';
import { isAppError } from '@/domain/errors';
import { safeNextPath } from '@/lib/next-path';
import { getAuthSecret, getEnv, isDemo } from '../env';
import { clientNetwork } from '../http/peer-address';
import { reportError } from '../http/report-error';
import { log } from '../logger';
import { deviceName } from '../session/device-name';
import { redeemSignInLink } from './redeem-sign-in-link';
import { authCookies, COOKIE_SECONDS } from './session-cookie';
import { signInDemo } from './sign-in-demo';
import { signInOidc } from './sign-in-oidc';

/** What next-auth carries from a sign-in to the cookie: the Session row's id and nothing about the person. */
type SignedIn = User & { readonly sid: string };
type Asker = { readonly network: string; readonly device: string; readonly now: Date };
type PlainHeaders = Readonly<Record<string, string | undefined>>;

const OIDC_PROVIDER = 'company';

function asker(headers: PlainHeaders | undefined): Asker {
  const get = (name: string) => headers?.[name] ?? null;
  return { network: clientNetwork({ get }), device: deviceName(get('user-agent')), now: new Date() };
}

const signedIn = (actor: UserActor): SignedIn => ({ id: actor.userId, sid: actor.sessionId });

/** next-auth shows the message of what is thrown; so it is a stable code, and everything unknown is logged and hidden. */
async function orCode(attempt: () => Promise<UserActor>): Promise<SignedIn> {
  try {
    return signedIn(await attempt());
  } catch (error) {
    const { error: told } = isAppError(error) ? { error } : reportError(error, { route: 'sign-in' });
    throw new Error(told.code, { cause: error });
  }
}

const emailLink = () => CredentialsProvider({
  id: 'email-link',
  credentials: { token: {} },
  authorize: (credentials, request) => orCode(() => redeemSignInLink({ secret: String(credentials?.token ?? ''), ...asker(request.headers) })),
});

const demo = () => CredentialsProvider({
  id: 'demo',
  credentials: { userId: {} },
  authorize: (credentials, request) => orCode(() => signInDemo({ userId: String(credentials?.userId ?? ''), ...asker(request.headers) })),
});

type OidcProfile = { readonly sub: string; readonly email?: unknown; readonly email_verified?: unknown };

/** OpenID Connect by discovery, with PKCE, state and nonce. */
function company(env: ReturnType<typeof getEnv>): OAuthConfig<OidcProfile> {
  return {
    id: OIDC_PROVIDER,
    name: 'Company account',
    type: 'oauth',
    wellKnown: `${env.OIDC_ISSUER?.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    issuer: env.OIDC_ISSUER,
    clientId: env.OIDC_CLIENT_ID,
    clientSecret: env.OIDC_CLIENT_SECRET,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: 'openid email' } },
    profile: (profile) => ({ id: profile.sub }),
  };
}

/** Admits a person of the identity provider; the object that next-auth hands on to `jwt` gets the id of their Session row. */
async function admitOidc(user: User, profile: OidcProfile | undefined, headers: PlainHeaders): Promise<boolean> {
  const actor = await signInOidc({ email: profile?.email, emailVerified: profile?.email_verified, ...asker(headers) });
  if (actor) Object.assign(user, signedIn(actor));
  return actor !== null;
}

/**
 * next-auth 4 as the portal uses it: a JWT cookie that holds the id of a Session row and nothing else. The row is asked for on
 * every request (server/session/load-session-actor.ts), so that a session can be listed and revoked.
 */
export function authOptions(requestHeaders: PlainHeaders): AuthOptions {
  const env = getEnv();
  return {
    secret: getAuthSecret(),
    useSecureCookies: new URL(env.AIRLOCK_URL).protocol === 'https:',
    cookies: authCookies(),
    session: { strategy: 'jwt', maxAge: COOKIE_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/account' },
    providers: [emailLink(), ...(isDemo() ? [demo()] : []), ...(env.OIDC_ISSUER ? [company(env)] : [])],
    callbacks: {
      redirect: ({ url, baseUrl }) => baseUrl + safeNextPath(url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url),
      signIn: async ({ user, account, profile }) => account?.type !== 'oauth' || (await admitOidc(user, profile as OidcProfile | undefined, requestHeaders)),
      jwt: ({ token, user }) => ({ sid: user ? (user as SignedIn).sid : token.sid }),
    },
    logger: {
      error: (code) => log('warn', 'next-auth-error', { code }),
      warn: (code) => log('info', 'next-auth-warning', { code }),
      debug: () => undefined,
    },
  };
}
