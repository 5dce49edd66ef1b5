import { presignSegmentsRequest } from '@/domain/contracts';
import { presignSegments } from '@/server/file/presign-segments';
import { apiRoute } from '@/server/http/api-route';
import { fileParams } from '@/server/http/file-params';
import { refuseMethods } from '@/server/http/refuse-methods';

export const POST = apiRoute({
  auth: 'session_or_upload_key',
  params: fileParams,
  body: presignSegmentsRequest,
  handler: async ({ actor, now, params, body }) => ({ body: await presignSegments({ actor, now, fileId: params.fileId, segments: body.segments }) }),
});

export const { GET, PUT, PATCH, DELETE } = refuseMethods('POST');
