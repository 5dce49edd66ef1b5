import { AppError } from '@/domain/errors';
import { MAX_VERIFY_BYTES } from '@/domain/nda-verification';
import { apiRoute } from '@/server/http/api-route';
import { clientNetwork } from '@/server/http/peer-address';
import { readCapped } from '@/server/http/read-json-body';
import { limitVerifications, verifyDocument } from '@/server/nda/verify-document';

const PDF_TYPE = /^application\/pdf\s*(;|$)/i;

async function readPdf(request: Request): Promise<Uint8Array> {
  try {
    return await readCapped(request, MAX_VERIFY_BYTES);
  } catch (error) {
    throw error instanceof AppError && error.code === 'body_too_large' ? new AppError('body_too_large', { detail: 'A PDF that is checked here may have 20 MB. An agreement of the portal is smaller.' }) : error;
  }
}

/** Checks the signatures of a PDF, which is the body. Changes nothing and keeps nothing of the file. */
export const POST = apiRoute({
  auth: 'public',
  handler: async ({ request, now }) => {
    if (!PDF_TYPE.test(request.headers.get('content-type') ?? '')) throw new AppError('unsupported_media_type', { detail: 'Send the PDF itself with the content type application/pdf.' });
    await limitVerifications({ kind: 'file', network: clientNetwork(request.headers), now });
    return { body: await verifyDocument({ now, bytes: await readPdf(request) }) };
  },
});
