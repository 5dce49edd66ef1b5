import { z } from 'zod';
import { apiRoute } from '@/server/http/api-route';
import { fileAnswer } from '@/server/http/file-answer';
import { getAgreementPdf } from '@/server/nda/get-agreement';

/** The signed agreement, for its organization and for staff. */
export const GET = apiRoute({
  auth: 'session',
  params: z.object({ agreementId: z.string() }),
  handler: async ({ actor, params }) => {
    const { pdf, fileName } = await getAgreementPdf({ actor, agreementId: params.agreementId });
    return fileAnswer(pdf, { type: 'application/pdf', fileName });
  },
});
