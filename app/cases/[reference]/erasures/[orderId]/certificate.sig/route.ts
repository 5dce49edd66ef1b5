import { certificateAnswer, certificateParams } from '@/server/erasure/certificate-answer';
import { apiRoute } from '@/server/http/api-route';

/** The 64 bytes of the signature. */
export const GET = apiRoute({
  auth: 'session',
  params: certificateParams,
  handler: ({ actor, params, request }) => certificateAnswer({ actor, params, request, part: 'sig' }),
});
