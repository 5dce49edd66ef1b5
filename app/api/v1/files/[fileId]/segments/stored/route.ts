import { confirmSegmentsRequest } from '@/domain/contracts';
import { confirmSegments } from '@/server/file/confirm-segments';
import { apiRoute } from '@/server/http/api-route';
import { fileParams } from '@/server/http/file-params';
import { refuseMethods } from '@/server/http/refuse-methods';

export const POST = apiRoute({
  auth: 'session_or_upload_key',
  params: fileParams,
  body: confirmSegmentsRequest,
  handler: async ({ actor, now, params, body }) => ({ body: await confirmSegments({ actor, now, fileId: params.fileId, indexes: body.indexes }) }),
});

export const { GET, PUT, PATCH, DELETE } = refuseMethods('POST');
