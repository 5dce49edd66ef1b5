import { type z } from 'zod';
import { type Actor, type UploadKeyActor, type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { MAX_JSON_BODY_BYTES } from '@/domain/limits';
import { sessionActor } from '../auth/session-actor';
import { uploadKeyActor } from '../auth/upload-key-actor';
import { peerPseudonym } from './peer-address';
import { problemResponse } from './problem-response';
import { readJsonBody } from './read-json-body';
import { requireSameOrigin } from './same-origin';

/** `session`: a signed-in person. `upload_key`: a machine with `Authorization: Bearer <UploadKey>`. `session_or_upload_key`: either. `public`: anybody. */
export type RouteAuth = 'session' | 'upload_key' | 'session_or_upload_key' | 'public';
export type ActorOf<A extends RouteAuth> = A extends 'session' ? UserActor : A extends 'upload_key' ? UploadKeyActor : A extends 'session_or_upload_key' ? UserActor | UploadKeyActor : Actor;
export type ApiAnswer = { readonly status?: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };

export type ApiRouteOptions<A extends RouteAuth, P extends z.ZodType, B extends z.ZodType> = {
  readonly auth: A;
  /** The address's parts. What does not parse is `not_found`, as an id that does not exist is. */
  readonly params?: P;
  /** A strict schema of the JSON body. Without one the body is not read. */
  readonly body?: B;
  readonly maxBodyBytes?: number;
  readonly handler: (input: { readonly actor: ActorOf<A>; readonly params: z.output<P>; readonly body: z.output<B>; readonly request: Request; readonly now: Date }) => Promise<ApiAnswer | Response>;
};

type RouteContext = { readonly params: Promise<Record<string, string | string[] | undefined>> };
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The address with its ids taken out: what a log line may hold. */
function routePattern(request: Request, raw: Readonly<Record<string, string | string[] | undefined>>): string {
  const names = new Map(Object.entries(raw).map(([name, value]) => [String(value), `{${name}}`]));
  return new URL(request.url).pathname.split('/').map((part) => names.get(decodePart(part)) ?? part).join('/');
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '{malformed}';
  }
}

/** Who asks. A session on a method that changes something has to come from the portal's own pages; a bearer key never needs that. */
async function authenticate(auth: RouteAuth, request: Request, now: Date): Promise<Actor> {
  const authorization = request.headers.get('authorization');
  if (auth === 'upload_key' || (auth === 'session_or_upload_key' && authorization !== null)) return uploadKeyActor(authorization ?? '', now);
  const actor = await sessionActor(request.headers.get('cookie'), now);
  if (auth !== 'public' && !actor) throw new AppError('unauthenticated');
  if (actor && !SAFE_METHODS.has(request.method)) requireSameOrigin(request.headers);
  return actor ?? { kind: 'anonymous' };
}

function answer(result: ApiAnswer | Response): Response {
  if (result instanceof Response) {
    if (!result.headers.has('cache-control')) result.headers.set('cache-control', 'no-store');
    return result;
  }
  return Response.json(result.body, { status: result.status ?? 200, headers: { 'cache-control': 'no-store', ...result.headers } });
}

/**
 * Makes a route handler that declares its authentication and schemas in one place (docs/design.md, habit 2): authenticate, parse, call,
 * answer as JSON that nobody caches; whatever is thrown becomes application/problem+json.
 */
export function apiRoute<A extends RouteAuth, P extends z.ZodType = z.ZodType<undefined>, B extends z.ZodType = z.ZodType<undefined>>(options: ApiRouteOptions<A, P, B>): RouteHandler {
  return async (request, context) => {
    const now = new Date();
    let route = '';
    try {
      const raw = (await context.params) ?? {};
      route = routePattern(request, raw);
      const actor = (await authenticate(options.auth, request, now)) as ActorOf<A>;
      const params = options.params?.safeParse(raw);
      if (params && !params.success) throw new AppError('not_found');
      const body = options.body ? await readJsonBody(request, options.body, options.maxBodyBytes ?? MAX_JSON_BODY_BYTES) : undefined;
      return answer(await options.handler({ actor, params: params?.data as z.output<P>, body: body as z.output<B>, request, now }));
    } catch (error) {
      return problemResponse(error, { method: request.method, route, peer: peerPseudonym(request.headers) });
    }
  };
}
