'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { formAction } from '@/server/http/form-action';
import { INVITATION_DAYS, inviteColleague, inviteColleagueInput } from '@/server/organization/invite-colleague';
import { revokeInvitation } from '@/server/organization/revoke-invitation';

const refresh = () => revalidatePath('/organization');

export const invite = formAction(inviteColleagueInput, async ({ actor, input, now }) => {
  await inviteColleague({ actor, now, email: input.email });
  refresh();
  return { message: `The invitation is on its way. It works once, within ${INVITATION_DAYS} days.` };
});

export const takeBack = formAction(z.strictObject({ invitationId: z.uuid() }), async ({ actor, input, now }) => {
  await revokeInvitation({ actor, now, invitationId: input.invitationId });
  refresh();
});
