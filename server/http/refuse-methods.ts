import { AppError } from '@/domain/errors';
import { problemResponse } from './problem-response';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Refusal = (request: Request) => Response;

/** A handler for each method that an address does not take: 405 with the ones that it does (RFC 9110, 15.5.6). Export those that are not allowed. */
export function refuseMethods(...allowed: readonly Method[]): Record<Method, Refusal> {
  const refuse: Refusal = (request) => {
    const response = problemResponse(new AppError('method_not_allowed'), { method: request.method });
    response.headers.set('allow', allowed.join(', '));
    return response;
  };
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
}
