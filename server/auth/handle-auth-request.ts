import NextAuth from 'next-auth';
import { NextRequest } from 'next/server';
import { AppError } from '@/domain/errors';
import { tellNextAuthItsAddress } from '../env';
import { problemResponse } from '../http/problem-response';
import { readCapped } from '../http/read-json-body';
import { requireSameOrigin } from '../http/same-origin';
import { endSession } from '../session/end-session';
import { authOptions } from './auth-options';
import { sessionActor } from './session-actor';

type Context = { readonly params: Promise<{ readonly nextauth: string[] }> };

/**
 * The addresses of next-auth that the portal uses. The rest of what it would answer (its own log, its session and provider
 * lists, its sign-out, which the account page does with the row) is not there.
 */
const USED: Readonly<Record<string, readonly string[]>> = { GET: ['csrf', 'callback', 'error', 'signin'], POST: ['callback', 'signin'] };

/** A secret, a CSRF token and an address to go on to are far below this. */
const MAX_BODY_BYTES = 16 * 1024;

/** The same request with its body already read: next-auth itself reads to the end, however long a stranger goes on sending. */
async function withBoundedBody(request: Request): Promise<NextRequest> {
  const { url, method, headers } = request;
  return new NextRequest(url, { method, headers, ...(method === 'POST' ? { body: await readCapped(request, MAX_BODY_BYTES) } : {}) });
}

/** Every request below /api/auth. A sign-in that succeeded ends the session that this browser had before. */
export async function handleAuthRequest(request: Request, context: Context): Promise<Response> {
  const now = new Date();
  try {
    const [action = ''] = (await context.params).nextauth;
    if (!USED[request.method]?.includes(action)) throw new AppError('not_found');
    if (request.method === 'POST') requireSameOrigin(request.headers);
    const bounded = await withBoundedBody(request);
    tellNextAuthItsAddress();
    const before = action === 'callback' ? await sessionActor(request.headers.get('cookie'), now) : null;
    const response = (await NextAuth(bounded as never, context as never, authOptions(Object.fromEntries(request.headers)))) as Response;
    if (before && response.headers.getSetCookie().some((cookie) => /\.session=[^;]/.test(cookie))) await endSession({ actor: before, now });
    response.headers.set('cache-control', 'no-store');
    return response;
  } catch (error) {
    return problemResponse(error, { method: request.method, route: '/api/auth' });
  }
}
