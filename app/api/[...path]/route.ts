import { AppError } from '@/domain/errors';
import { problemResponse } from '@/server/http/problem-response';

/** Whatever lies below /api and is no address of the portal. */
function notFound(request: Request): Response {
  return problemResponse(new AppError('not_found', { detail: 'There is no such address. The addresses of version 1 are described at /api/v1/openapi.json.' }), { method: request.method });
}

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
