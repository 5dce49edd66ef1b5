import { z } from 'zod';
import { apiRoute } from '@/server/http/api-route';
import { getPublicNdaPdf } from '@/server/nda/get-public-nda-pdf';

/** The NDA template for everybody to read, print and sign on paper. */
export const GET = apiRoute({
  auth: 'public',
  params: z.object({ version: z.string() }),
  handler: async ({ params, now }) => {
    const pdf = await getPublicNdaPdf({ version: params.version, now });
    return new Response(new Uint8Array(pdf), {
      headers: {
        'content-type': 'application/pdf',
        'content-length': String(pdf.byteLength),
        'content-disposition': `inline; filename="nda-template-${params.version}.pdf"`,
        'cache-control': 'public, max-age=300',
        'x-content-type-options': 'nosniff',
      },
    });
  },
});
