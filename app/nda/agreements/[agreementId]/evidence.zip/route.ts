import { z } from 'zod';
import { apiRoute } from '@/server/http/api-route';
import { fileAnswer } from '@/server/http/file-answer';
import { getEvidenceBundle } from '@/server/nda/get-evidence-bundle';

/** Everything that proves the agreement, to be checked without the portal. */
export const GET = apiRoute({
  auth: 'session',
  params: z.object({ agreementId: z.string() }),
  handler: async ({ actor, params, now }) => {
    const { zip, fileName } = await getEvidenceBundle({ actor, now, agreementId: params.agreementId });
    return fileAnswer(zip, { type: 'application/zip', fileName });
  },
});
