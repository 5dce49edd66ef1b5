import 'server-only';
import { cookies } from 'next/headers';
import { endSession } from '../session/end-session';
import { getCurrentActor } from './current-actor';
import { sessionCookie } from './session-cookie';

/** Ends the session of this browser and takes its cookie away. For server actions. */
export async function signOut(): Promise<void> {
  const actor = await getCurrentActor();
  if (actor) await endSession({ actor, now: new Date() });
  await dropSessionCookie();
}

/** Takes the cookie of this browser away, whose session has ended. For server actions. */
export async function dropSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}
