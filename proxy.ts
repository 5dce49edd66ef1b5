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

/**
 * Gives each page a content security policy with a nonce of its own, which Next puts on its scripts, and tells the page its path.
 * Nothing is authorised here: each page and each use case asks again.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = policyFor(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (getEnv().AIRLOCK_URL.startsWith('https:')) response.headers.set('strict-transport-security', STRICT_TRANSPORT_SECURITY);
  return response;
}

/** Pages only: route handlers answer data, and static files and PDFs are no documents that could run a script. */
export const config = { matcher: ['/((?!api/|_next/|\\.well-known/|icon\\.svg|.*\\.pdf$).*)'] };
