import { type HashAnswer, hashInput } from '@/domain/nda-verification';
import { apiRoute } from '@/server/http/api-route';
import { clientNetwork } from '@/server/http/peer-address';
import { findKnownDocument, limitVerifications } from '@/server/nda/verify-document';

/** Whether the portal stored the signed agreement with this SHA-256. Changes nothing. */
export const POST = apiRoute({
  auth: 'public',
  body: hashInput,
  maxBodyBytes: 1024,
  handler: async ({ body, request, now }) => {
    await limitVerifications({ kind: 'hash', network: clientNetwork(request.headers), now });
    const answer: HashAnswer = { known: await findKnownDocument(body) };
    return { body: answer };
  },
});
