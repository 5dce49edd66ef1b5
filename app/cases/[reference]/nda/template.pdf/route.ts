import { z } from 'zod';
import { apiRoute } from '@/server/http/api-route';
import { getCaseNdaPdf } from '@/server/nda/get-case-nda-pdf';

/** The NDA template with this case and its organization filled in, to download. */
export const GET = apiRoute({
  auth: 'session',
  params: z.object({ reference: z.string() }),
  handler: async ({ actor, params, now }) => {
    const { pdf, fileName } = await getCaseNdaPdf({ actor, now, reference: params.reference });
    return new Response(new Uint8Array(pdf), {
      headers: {
        'content-type': 'application/pdf',
        'content-length': String(pdf.byteLength),
        'content-disposition': `attachment; filename="${fileName}"`,
        'x-content-type-options': 'nosniff',
      },
    });
  },
});
