import { z } from 'zod';
import { apiRoute } from '@/server/http/api-route';
import { fileAnswer } from '@/server/http/file-answer';
import { getNdaDraftPdf } from '@/server/nda-template/get-nda-draft';

/** A draft of the NDA template as its PDF would be, for those who may publish it. */
export const GET = apiRoute({
  auth: 'session',
  params: z.object({ draftId: z.string() }),
  handler: async ({ actor, params }) => {
    const { pdf, fileName } = await getNdaDraftPdf({ actor, draftId: params.draftId });
    return fileAnswer(pdf, { type: 'application/pdf', fileName, inline: true });
  },
});
