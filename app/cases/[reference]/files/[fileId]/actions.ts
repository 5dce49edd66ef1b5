'use server';

import { z } from 'zod';
import { type FormState } from '@/lib/form-state';
import { abandonFile } from '@/server/file/abandon-file';
import { formAction } from '@/server/http/form-action';
import { objectToExtension } from '@/server/retention/end-extension';

const abandonForm = z.strictObject({ fileId: z.uuid() });

const abandon = formAction(abandonForm, async ({ actor, input: { fileId }, now }) => {
  await abandonFile({ actor, now, fileId });
  return { message: 'Sending was given up. What was stored of it is deleted.' };
});

export async function abandonFileAction(previous: FormState, form: FormData): Promise<FormState> {
  return abandon(previous, form);
}

const object = formAction(z.strictObject({ extensionId: z.uuid() }), async ({ actor, input: { extensionId }, now }) => {
  await objectToExtension({ actor, now, extensionId });
});

export async function objectToExtensionAction(previous: FormState, form: FormData): Promise<FormState> {
  return object(previous, form);
}
