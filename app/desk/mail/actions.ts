'use server';

import { revalidatePath } from 'next/cache';
import { formAction } from '@/server/http/form-action';
import { retryNotice, retryNoticeInput } from '@/server/notice/failed-notices';

export const retry = formAction(retryNoticeInput, async ({ actor, input, now }) => {
  await retryNotice({ actor, now, noticeId: input.noticeId });
  revalidatePath('/desk/mail');
});
