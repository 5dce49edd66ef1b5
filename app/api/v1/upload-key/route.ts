import { apiRoute } from '@/server/http/api-route';
import { refuseMethods } from '@/server/http/refuse-methods';
import { describeUploadKey } from '@/server/upload-key/describe-upload-key';

export const GET = apiRoute({ auth: 'upload_key', handler: async ({ actor }) => ({ body: await describeUploadKey({ actor }) }) });

export const { POST, PUT, PATCH, DELETE } = refuseMethods('GET');
