'use server';

import { z } from 'zod';
import { putLineInput } from '@/domain/put-line';
import { type FormState } from '@/lib/form-state';
import { finishPutLine } from '@/server/file/finish-put-line';
import { issuePutLine, renewPutLine } from '@/server/file/issue-put-line';
import { formAction } from '@/server/http/form-action';

const oneFile = z.strictObject({ fileId: z.uuid() });

const issue = formAction(putLineInput, async ({ actor, input: { unasked, ...input }, now }) => {
  const { line, ...values } = await issuePutLine({ actor, now, ...input, isFineUnasked: unasked === 'on' });
  return { secret: line, values };
});

export async function issuePutLineAction(previous: FormState, form: FormData): Promise<FormState> {
  return issue(previous, form);
}

const renew = formAction(oneFile, async ({ actor, input: { fileId }, now }) => {
  const { line, ...values } = await renewPutLine({ actor, now, fileId });
  return { secret: line, values };
});

export async function renewPutLineAction(previous: FormState, form: FormData): Promise<FormState> {
  return renew(previous, form);
}

const finish = formAction(oneFile, async ({ actor, input: { fileId }, now }) => {
  const { reference } = await finishPutLine({ actor, now, fileId });
  return { redirectTo: `/cases/${reference}/files/${fileId}` };
});

export async function finishPutLineAction(previous: FormState, form: FormData): Promise<FormState> {
  return finish(previous, form);
}
