'use server';

import { z } from 'zod';
import { type FormState } from '@/lib/form-state';
import { formAction } from '@/server/http/form-action';
import { makeUploadKey } from '@/server/upload-key/make-upload-key';
import { revokeUploadKey } from '@/server/upload-key/revoke-upload-key';

const make = formAction(z.strictObject({ reference: z.string() }), async ({ actor, input: { reference }, now }) => {
  const { secret } = await makeUploadKey({ actor, now, reference });
  return { secret };
});

export async function makeUploadKeyAction(previous: FormState, form: FormData): Promise<FormState> {
  return make(previous, form);
}

const revoke = formAction(z.strictObject({ uploadKeyId: z.uuid() }), async ({ actor, input: { uploadKeyId }, now }) => {
  await revokeUploadKey({ actor, now, uploadKeyId });
});

export async function revokeUploadKeyAction(previous: FormState, form: FormData): Promise<FormState> {
  return revoke(previous, form);
}
