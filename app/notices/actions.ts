'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { formAction } from '@/server/http/form-action';
import { markNoticesRead } from '@/server/notice/mark-notices-read';

/** Without an id: all of them. */
export const markRead = formAction(z.strictObject({ noticeId: z.uuid().optional() }), async ({ actor, input, now }) => {
  await markNoticesRead({ actor, now, noticeId: input.noticeId });
  revalidatePath('/notices');
});
