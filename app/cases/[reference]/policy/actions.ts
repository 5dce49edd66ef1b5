'use server';

import { z } from 'zod';
import { type FormState } from '@/lib/form-state';
import { formAction } from '@/server/http/form-action';
import { acceptPolicy } from '@/server/policy/accept-policy';

const acceptPolicyForm = z.strictObject({
  reference: z.string(),
  version: z.string().max(40),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  accepted: z.literal('on', { error: 'Tick the box to accept the policy.' }),
});

const accept = formAction(acceptPolicyForm, async ({ actor, input: { reference, version, sha256 }, now }) => {
  await acceptPolicy({ actor, now, reference, version, sha256 });
  return { redirectTo: `/cases/${encodeURIComponent(reference)}` };
});

export async function acceptPolicyAction(previous: FormState, form: FormData): Promise<FormState> {
  return accept(previous, form);
}
