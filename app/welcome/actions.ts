'use server';

import { z } from 'zod';
import { formAction } from '@/server/http/form-action';
import { acceptInvitation } from '@/server/organization/accept-invitation';
import { createOrganization, createOrganizationInput } from '@/server/organization/create-organization';

export const nameOrganization = formAction(createOrganizationInput, async ({ actor, input, now }) => {
  await createOrganization({ actor, now, name: input.name });
  return { redirectTo: '/cases' };
});

export const joinInvited = formAction(z.strictObject({ invitationId: z.uuid() }), async ({ actor, input, now }) => {
  await acceptInvitation({ actor, now, key: { invitationId: input.invitationId } });
  return { redirectTo: '/organization' };
});
