import { reserveFileRequest } from '@/domain/contracts';
import { reserveFile } from '@/server/file/reserve-file';
import { apiRoute } from '@/server/http/api-route';
import { caseParams } from '@/server/http/file-params';
import { refuseMethods } from '@/server/http/refuse-methods';

export const POST = apiRoute({
  auth: 'session_or_upload_key',
  params: caseParams,
  body: reserveFileRequest,
  handler: async ({ actor, now, params, body }) => ({ status: 201, body: await reserveFile({ actor, now, reference: params.reference, ...body }) }),
});

export const { GET, PUT, PATCH, DELETE } = refuseMethods('POST');
