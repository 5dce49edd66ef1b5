import { certificateAnswer, certificateParams } from '@/server/erasure/certificate-answer';
import { apiRoute } from '@/server/http/api-route';

/** The signed certificate: exactly the bytes that were signed, for checking with openssl. */
export const GET = apiRoute({
  auth: 'session',
  params: certificateParams,
  handler: ({ actor, params, request }) => certificateAnswer({ actor, params, request, part: 'json' }),
});
