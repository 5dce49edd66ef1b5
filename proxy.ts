import { type NextRequest, NextResponse } from 'next/server';
import { getEnv } from './server/env';
import { contentSecurityPolicy, storageOrigins, STRICT_TRANSPORT_SECURITY } from './server/http/security-headers';
import { PATH_HEADER } from './server/http/path-header';

function policyFor(nonce: string): string {
  const env = getEnv();
  return contentSecurityPolicy({
    nonce,
    storageOrigins: storageOrigins({ endpoint: env.S3_ENDPOINT, bucket: env.S3_BUCKET, region: env.AWS_REGION }),
    isHttps: env.AIRLOCK_URL.startsWith('https:'),
    isDevelopment: process.env.NODE_ENV === 'development',
  });
}

/** False for an address such as `/guides/%E0%A4%A`, which Next would answer with an error of its own. */
function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives each page a content security policy with a nonce of its own, which Next puts on its scripts, and tells the page its path.
 * Nothing is authorised here: each page and each use case asks again.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  const isAddress = isDecodable(pathname);
  if (pathname.startsWith('/api/')) return isAddress ? NextResponse.next() : NextResponse.rewrite(new URL('/api/not-an-address', request.url));
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = policyFor(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = isAddress ? NextResponse.next({ request: { headers } }) : NextResponse.rewrite(new URL('/not-an-address', request.url), { request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (getEnv().AIRLOCK_URL.startsWith('https:')) response.headers.set('strict-transport-security', STRICT_TRANSPORT_SECURITY);
  return response;
}

/** Pages only: route handlers answer data, and static files and PDFs are no documents that could run a script. Of the API only addresses with a per cent sign. */
export const config = { matcher: ['/((?!api/|_next/|\\.well-known/|icon\\.svg|.*\\.pdf$).*)', '/api/(.*%.*)'] };
