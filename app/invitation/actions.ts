'use server';

import { z } from 'zod';
import { formAction } from '@/server/http/form-action';
import { acceptInvitation } from '@/server/organization/accept-invitation';

export const joinByLink = formAction(z.strictObject({ token: z.string().max(100) }), async ({ actor, input, now }) => {
  await acceptInvitation({ actor, now, key: { secret: input.token } });
  return { redirectTo: '/organization' };
});
