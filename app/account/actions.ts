'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { dropSessionCookie, signOut } from '@/server/auth/sign-out';
import { formAction, publicFormAction } from '@/server/http/form-action';
import { revokeOtherSessions } from '@/server/session/revoke-other-sessions';
import { revokeSession } from '@/server/session/revoke-session';
import { changeName, changeNameInput } from '@/server/user/change-name';
import { eraseOwnAccount, eraseOwnAccountInput } from '@/server/user/erase-person';

const nothing = z.strictObject({});

export const saveName = formAction(changeNameInput, async ({ actor, input }) => {
  await changeName({ actor, name: input.name });
  revalidatePath('/account');
  return { message: input.name === null ? 'Your name was taken away.' : 'Your name was saved.', values: { name: input.name ?? '' } };
});

export const endOneSession = formAction(z.strictObject({ sessionId: z.uuid() }), async ({ actor, input, now }) => {
  await revokeSession({ actor, now, sessionId: input.sessionId });
  revalidatePath('/account');
});

export const endOtherSessions = formAction(nothing, async ({ actor, now }) => {
  await revokeOtherSessions({ actor, now });
  revalidatePath('/account');
});

/** Also for a session that has ended already: its cookie goes. */
export const signOutHere = publicFormAction(nothing, async () => {
  await signOut();
  return { redirectTo: '/' };
});

/** The session is gone with the account; its cookie goes as well. */
export const eraseAccount = formAction(eraseOwnAccountInput, async ({ actor, input, now }) => {
  await eraseOwnAccount({ actor, now, email: input.email });
  await dropSessionCookie();
  return { redirectTo: '/' };
});
