import { z } from 'zod';
import { AppError } from '@/domain/errors';
import { apiRoute } from '@/server/http/api-route';
import { requireSameOrigin } from '@/server/http/same-origin';
import { openRawRead } from '@/server/raw-access/open-raw-read';

/** The one read of a file under a grant. It uses the read up, so it has to come from a page of the portal, and asking for the headers alone is refused. */
export const GET = apiRoute({
  auth: 'session',
  params: z.object({ grantId: z.string(), fileId: z.string() }),
  handler: async ({ actor, params, request, now }) => {
    if (request.method !== 'GET') throw new AppError('method_not_allowed');
    requireSameOrigin(request.headers);
    const { body, fileName, sizeBytes } = await openRawRead({ actor, now, ...params });
    return new Response(body, {
      headers: {
        'content-type': 'application/gzip',
        'content-length': String(sizeBytes),
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'accept-ranges': 'none',
      },
    });
  },
});
