'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { checkAuditLog } from '@/server/audit/check-audit-log';
import { formAction } from '@/server/http/form-action';

/** What came out stands on the page. */
export const checkChain = formAction(z.strictObject({}), async ({ actor, now }) => {
  await checkAuditLog({ actor, now });
  revalidatePath('/desk/audit');
});
