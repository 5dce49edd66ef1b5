'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { makeFileRequestInput } from '@/domain/file-requests';
import { closeCase } from '@/server/case/close-case';
import { liftNdaRequirement } from '@/server/case/lift-nda-requirement';
import { reopenCase } from '@/server/case/reopen-case';
import { requireNda } from '@/server/case/require-nda';
import { makeFileRequest } from '@/server/file-request/make-file-request';
import { withdrawFileRequest } from '@/server/file-request/withdraw-file-request';
import { formAction } from '@/server/http/form-action';
import { revokeUploadKey } from '@/server/upload-key/revoke-upload-key';

const oneCase = z.strictObject({ reference: z.string() });
const oneKey = z.strictObject({ uploadKeyId: z.uuid() });
const oneRequest = z.strictObject({ requestId: z.uuid() });

const refresh = () => revalidatePath('/desk', 'layout');

export const askForFile = formAction(makeFileRequestInput, async ({ actor, input, now }) => {
  await makeFileRequest({ actor, now, ...input });
  refresh();
  return { message: 'The customer was asked.', values: {} };
});

export const withdrawRequest = formAction(oneRequest, async ({ actor, input, now }) => {
  await withdrawFileRequest({ actor, now, requestId: input.requestId });
  refresh();
});

export const markNdaNeeded = formAction(oneCase, async ({ actor, input, now }) => {
  await requireNda({ actor, now, reference: input.reference });
  refresh();
});

export const markNdaNotNeeded = formAction(oneCase, async ({ actor, input, now }) => {
  await liftNdaRequirement({ actor, now, reference: input.reference });
  refresh();
});

export const close = formAction(oneCase, async ({ actor, input, now }) => {
  await closeCase({ actor, now, reference: input.reference });
  refresh();
});

export const reopen = formAction(oneCase, async ({ actor, input, now }) => {
  await reopenCase({ actor, now, reference: input.reference });
  refresh();
});

/** Support ends a key where a customer calls. */
export const revokeKey = formAction(oneKey, async ({ actor, input, now }) => {
  await revokeUploadKey({ actor, now, uploadKeyId: input.uploadKeyId });
  refresh();
});
