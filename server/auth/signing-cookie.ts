import 'server-only';
import { cookies } from 'next/headers';
import { signingCookie } from './session-cookie';

/** The secret of the signing session of this browser, or null. */
export async function signingToken(): Promise<string | null> {
  return (await cookies()).get(signingCookie().name)?.value ?? null;
}

/** Gives this browser a signing session. Only in a server action. */
export async function keepSigningToken(token: string): Promise<void> {
  const { name, options } = signingCookie();
  (await cookies()).set({ name, value: token, httpOnly: true, sameSite: 'lax', path: '/', secure: options.secure === true, maxAge: Number(options.maxAge) });
}
