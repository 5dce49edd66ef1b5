import { type SeedUser } from '@/prisma/seed/library';
import { sessionCookie } from '@/server/auth/session-cookie';
import { baseUrl } from './environment';
import { sessionCookieValue } from './test';

export type Answer = { readonly status: number; readonly code: string | undefined; readonly detail: string | undefined; readonly body: Record<string, unknown> };
export type PortalCall = { readonly cookie?: string; readonly bearer?: string; readonly origin?: string; readonly json?: unknown; readonly text?: string; readonly contentType?: string };

/** The Cookie header of a new browser in which `user` is signed in. */
export async function cookieOf(user: SeedUser): Promise<string> {
  return `${sessionCookie().name}=${await sessionCookieValue(user)}`;
}

/** POSTs to the HTTP contract as a program does, and reads the answer as JSON. `text` is sent as it is. */
export async function postTo(address: string, { cookie, bearer, origin = baseUrl, json, text, contentType = 'application/json' }: PortalCall): Promise<Answer> {
  const response = await fetch(baseUrl + address, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, 'content-type': contentType, ...(cookie ? { cookie } : {}), ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
    body: text ?? JSON.stringify(json),
  });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, code: body.code as string | undefined, detail: body.detail as string | undefined, body };
}
