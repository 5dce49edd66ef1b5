'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { formAction } from '@/server/http/form-action';
import { saveNoticeSettings } from '@/server/notice/notice-settings';
import { NOTICE_TOPIC_NAMES } from '@/server/notice/notice-topics';

/** A box that is ticked comes as its topic; one as a word, several as a list. */
const topics = z.union([z.enum(NOTICE_TOPIC_NAMES).transform((topic) => [topic]), z.array(z.enum(NOTICE_TOPIC_NAMES))]).default([]);

export const saveSettings = formAction(z.strictObject({ topic: topics }), async ({ actor, input }) => {
  await saveNoticeSettings({ actor, byMail: input.topic });
  revalidatePath('/notices/settings');
  return { message: 'Your choice was saved.' };
});
