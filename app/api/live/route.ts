import { AppError } from '@/domain/errors';
import { parseLiveTopic } from '@/domain/live';
import { apiRoute } from '@/server/http/api-route';
import { refuseMethods } from '@/server/http/refuse-methods';
import { openLiveStream } from '@/server/live/live-stream';
import { assertMayListen } from '@/server/live/may-hear';

export const dynamic = 'force-dynamic';

export const GET = apiRoute({
  auth: 'session',
  handler: async ({ actor, request }) => {
    const topic = parseLiveTopic(new URL(request.url).searchParams.get('topic'));
    if (!topic) throw new AppError('not_found');
    await assertMayListen(actor, topic);
    const stream = await openLiveStream({ actor, topic, signal: request.signal });
    return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' } });
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethods('GET');
