import { abandonFile } from '@/server/file/abandon-file';
import { getFileStatus } from '@/server/file/get-file-status';
import { apiRoute } from '@/server/http/api-route';
import { fileParams } from '@/server/http/file-params';
import { refuseMethods } from '@/server/http/refuse-methods';

export const GET = apiRoute({
  auth: 'session_or_upload_key',
  params: fileParams,
  handler: async ({ actor, params }) => ({ body: await getFileStatus({ actor, fileId: params.fileId }) }),
});

export const DELETE = apiRoute({
  auth: 'session_or_upload_key',
  params: fileParams,
  handler: async ({ actor, now, params }) => {
    await abandonFile({ actor, now, fileId: params.fileId });
    return new Response(null, { status: 204 });
  },
});

export const { POST, PUT, PATCH } = refuseMethods('GET', 'DELETE');
