import type { z } from 'zod';
import {
  completeFileResponse, confirmSegmentsResponse, fileStatusResponse, presignSegmentsResponse, problem, reserveFileResponse,
} from '@/domain/contracts';
import { isRetryableStatus, parseRetryAfter } from '../backoff';
import type { PortalClient } from '../ports';
import { NetworkError, PortalError, uploadFailure } from '../upload-errors';

type Call = { readonly method: 'GET' | 'POST' | 'DELETE'; readonly path: string; readonly body?: unknown; readonly signal: AbortSignal };

/**
 * The HTTP contract, version 1, by `fetch` with the session cookie. A captive network's page, a proxy's 5xx and a redirect count as
 * no answer; JSON of another shape means that the page is older than the portal.
 * @param origin empty for the page's own origin
 */
export function createFetchPortalClient(origin = '', doFetch: typeof fetch = (...request) => fetch(...request)): PortalClient {
  const send = async ({ method, path, body, signal }: Call): Promise<Response> => {
    const hasBody = body !== undefined;
    try {
      return await doFetch(`${origin}/api/v1${path}`, {
        method,
        signal,
        credentials: 'same-origin',
        redirect: 'manual',
        cache: 'no-store',
        headers: { accept: 'application/json, application/problem+json', ...(hasBody ? { 'content-type': 'application/json' } : {}) },
        ...(hasBody ? { body: JSON.stringify(body) } : {}),
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw new NetworkError('The portal got no request or gave no answer.', { cause });
    }
  };
  const call = async <T>(request: Call, schema: z.ZodType<T>): Promise<T> => {
    const response = await send(request);
    if (!response.ok) throw await errorOf(response);
    const parsed = schema.safeParse(await jsonOf(response, request.signal));
    if (!parsed.success) throw uploadFailure('unexpected_answer');
    return parsed.data;
  };
  const file = (fileId: string) => `/files/${encodeURIComponent(fileId)}`;
  return {
    reserveFile: (caseReference, body, signal) => call({ method: 'POST', path: `/cases/${encodeURIComponent(caseReference)}/files`, body, signal }, reserveFileResponse),
    presignSegments: (fileId, body, signal) => call({ method: 'POST', path: `${file(fileId)}/segments`, body, signal }, presignSegmentsResponse),
    confirmSegments: (fileId, body, signal) => call({ method: 'POST', path: `${file(fileId)}/segments/stored`, body, signal }, confirmSegmentsResponse),
    fileStatus: (fileId, signal) => call({ method: 'GET', path: file(fileId), signal }, fileStatusResponse),
    completeFile: (fileId, body, signal) => call({ method: 'POST', path: `${file(fileId)}/complete`, body, signal }, completeFileResponse),
    abandonFile: async (fileId, signal) => {
      const response = await send({ method: 'DELETE', path: file(fileId), signal });
      if (!response.ok) throw await errorOf(response);
    },
  };
}

async function jsonOf(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    signal.throwIfAborted();
    throw new NetworkError('The answer is not JSON.', { cause });
  }
}

async function errorOf(response: Response): Promise<Error> {
  const retryAfter = parseRetryAfter(response.headers.get('retry-after'));
  const parsed = problem.safeParse(await response.json().catch(() => null));
  if (parsed.success) return new PortalError({ ...parsed.data, status: response.status }, retryAfter);
  // Not the portal's own words: a proxy between, a captive network, or the portal restarting behind its proxy.
  const isWorthRetry = response.type === 'opaqueredirect' || response.status < 400 || isRetryableStatus(response.status);
  if (isWorthRetry) return new NetworkError(`An answer with status ${response.status} that is not a problem document.`);
  const title = 'Something between you and the portal refused the request';
  const detail = `It answered with status ${response.status}, and not in the words of the portal. A proxy or a firewall may be the cause.`;
  return new PortalError({ type: 'about:blank', title, status: response.status, detail, code: 'refused_on_the_way' }, retryAfter);
}
