import { checkHealth } from '@/server/health/check-health';
import { refuseMethods } from '@/server/http/refuse-methods';

export const dynamic = 'force-dynamic';

/** Asks nobody who they are: it has to answer while the database does not. */
export async function GET(): Promise<Response> {
  const health = await checkHealth();
  return Response.json(health, { status: health.status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}

export const { POST, PUT, PATCH, DELETE } = refuseMethods('GET');
