import { openApiDocument } from '@/domain/openapi';
import { getEnv } from '@/server/env';
import { readVersion } from '@/server/health/read-version';
import { apiRoute } from '@/server/http/api-route';
import { refuseMethods } from '@/server/http/refuse-methods';

export const dynamic = 'force-dynamic';

export const GET = apiRoute({
  auth: 'public',
  handler: async () => ({ body: openApiDocument({ version: readVersion(), portalUrl: getEnv().AIRLOCK_URL }) }),
});

export const { POST, PUT, PATCH, DELETE } = refuseMethods('GET');
