'use server';

import { revalidatePath } from 'next/cache';
import { changePeriodsInput } from '@/domain/settings';
import { formAction } from '@/server/http/form-action';
import { changeRetentionPeriods } from '@/server/retention/retention-periods';

export const changePeriods = formAction(changePeriodsInput, async ({ actor, input, now }) => {
  await changeRetentionPeriods({ actor, now, ...input });
  revalidatePath('/desk/settings');
  return { message: 'The periods are set.' };
});
