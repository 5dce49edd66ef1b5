import { type UserActor } from '@/domain/actor';
import { loadSessionActor } from '../session/load-session-actor';
import { cookieValue, sessionCookie, sessionIdOf } from './session-cookie';

/** The signed-in person of a request by its Cookie header, or null. For route handlers; pages use getCurrentActor. */
export async function sessionActor(cookieHeader: string | null, now: Date): Promise<UserActor | null> {
  const sessionId = await sessionIdOf(cookieValue(cookieHeader, sessionCookie().name));
  return sessionId ? loadSessionActor(sessionId, now) : null;
}
