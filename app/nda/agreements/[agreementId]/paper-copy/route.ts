import { z } from 'zod';
import { apiRoute } from '@/server/http/api-route';
import { fileAnswer } from '@/server/http/file-answer';
import { getPaperCopy } from '@/server/nda/paper-copy';

/** The copy that was signed on paper, as it was handed in. */
export const GET = apiRoute({
  auth: 'session',
  params: z.object({ agreementId: z.string() }),
  handler: async ({ actor, params }) => {
    const { bytes, type, fileName } = await getPaperCopy({ actor, agreementId: params.agreementId });
    return fileAnswer(bytes, { type, fileName });
  },
});
