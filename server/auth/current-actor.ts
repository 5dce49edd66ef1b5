import 'server-only';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { type UserActor } from '@/domain/actor';
import { isStaff } from '@/domain/roles';
import { safeNextPath } from '@/lib/next-path';
import { PATH_HEADER } from '../http/path-header';
import { loadSessionActor } from '../session/load-session-actor';
import { sessionCookie, sessionIdOf } from './session-cookie';

/** The signed-in person, or null. One look into the database for each request, however many components ask. */
export const getCurrentActor = cache(async (): Promise<UserActor | null> => {
  const sessionId = await sessionIdOf((await cookies()).get(sessionCookie().name)?.value);
  return sessionId ? loadSessionActor(sessionId, new Date()) : null;
});

/** Somebody who is signed in; everybody else goes to the sign-in page and comes back here afterwards. */
export async function requireSignedIn(): Promise<UserActor> {
  const actor = await getCurrentActor();
  if (actor) return actor;
  const here = safeNextPath((await headers()).get(PATH_HEADER));
  redirect(here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`);
}

/** As requireSignedIn, and a customer who has no organization yet goes to /welcome first. */
export async function requireActor(): Promise<UserActor> {
  const actor = await requireSignedIn();
  if (actor.role === 'customer' && actor.organizationId === null) redirect('/welcome');
  return actor;
}

/** Somebody who works for the vendor; for everybody else there is nothing here. */
export async function requireStaff(): Promise<UserActor> {
  const actor = await requireActor();
  if (!isStaff(actor.role)) notFound();
  return actor;
}
