import { redirect } from 'next/navigation';
import { isAppError } from '@/domain/errors';
import { getCurrentActor } from '@/server/auth/current-actor';
import { signingToken } from '@/server/auth/signing-cookie';
import { loadSigningSession, type SigningKey, type SigningSession } from '@/server/nda/signing-session';

export type SigningParams = { readonly params: Promise<{ agreementId: string }> };
type Stage = 'code' | 'sign' | 'done';

/** Where the browser belongs, by what the agreement waits for. */
function stageOf({ agreement, isVerified }: SigningSession): Stage {
  if (agreement.state !== 'draft' && agreement.state !== 'sent') return 'done';
  return isVerified ? 'sign' : 'code';
}

/** The signing session of this browser, on a page of `stage`; it is led to the right page where it is on another one, and out where there is none. */
export async function enterSigning(params: SigningParams['params'], stage: Stage): Promise<{ key: SigningKey; session: SigningSession; now: Date }> {
  const now = new Date();
  const key: SigningKey = { token: await signingToken(), agreementId: (await params).agreementId, user: await getCurrentActor() };
  const session = await orEnded(loadSigningSession(key, now));
  const right = stageOf(session);
  if (right !== stage) redirect(`/signing/${session.agreement.id}/${right === 'sign' ? 'read' : right}`);
  return { key, session, now };
}

/** Leads out where the session ended between two looks. */
export async function orEnded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error) && error.code === 'signing_session_ended') redirect('/signing/ended');
    throw error;
  }
}
