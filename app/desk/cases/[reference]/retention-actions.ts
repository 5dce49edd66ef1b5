'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { writeOutputInput } from '@/domain/manual-output';
import { proposeExtensionInput } from '@/domain/retention';
import { formAction } from '@/server/http/form-action';
import { writeManualOutput } from '@/server/manual-output/write-manual-output';
import { withdrawExtension } from '@/server/retention/end-extension';
import { proposeExtension } from '@/server/retention/propose-extension';

const refresh = () => revalidatePath('/desk', 'layout');

export const extendFile = formAction(proposeExtensionInput, async ({ actor, input, now }) => {
  await proposeExtension({ actor, now, ...input });
  refresh();
});

export const takeExtensionBack = formAction(z.strictObject({ extensionId: z.uuid() }), async ({ actor, input, now }) => {
  await withdrawExtension({ actor, now, extensionId: input.extensionId });
  refresh();
});

export const writeOutput = formAction(writeOutputInput, async ({ actor, input, now }) => {
  await writeManualOutput({ actor, now, ...input });
  refresh();
});
