import { completeFileRequest } from '@/domain/contracts';
import { completeFile } from '@/server/file/complete-file';
import { apiRoute } from '@/server/http/api-route';
import { fileParams } from '@/server/http/file-params';
import { refuseMethods } from '@/server/http/refuse-methods';

export const POST = apiRoute({
  auth: 'session_or_upload_key',
  params: fileParams,
  body: completeFileRequest,
  handler: async ({ actor, now, params, body }) => ({ body: await completeFile({ actor, now, fileId: params.fileId, ...body }) }),
});

export const { GET, PUT, PATCH, DELETE } = refuseMethods('POST');
