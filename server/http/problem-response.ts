import { type Problem } from '@/domain/contracts';
import { type AppError } from '@/domain/errors';
import { type ReportedError, reportError } from './report-error';

/** The body of a problem document (RFC 9457). `type` is a URN: it names the problem and is no address to fetch. */
function problemOf({ error, reference }: ReportedError): Problem {
  return {
    ...error.extra,
    type: `urn:airlock:problem:${error.code}`,
    title: error.title,
    status: error.status,
    detail: error.detail,
    code: error.code,
    reference,
    ...(error.fields.length > 0 ? { errors: error.fields.map(({ path, message }) => ({ path, message })) } : {}),
  };
}

function headersOf(error: AppError): Headers {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (error.retryAfterSeconds !== undefined) headers.set('retry-after', String(Math.max(1, Math.ceil(error.retryAfterSeconds))));
  if (error.status === 401) headers.set('www-authenticate', 'Bearer realm="airlock"');
  return headers;
}

/** Turns whatever was thrown into application/problem+json, logged once with the reference that it carries. */
export function problemResponse(thrown: unknown, where: { readonly method?: string; readonly route?: string; readonly actor?: string; readonly peer?: string } = {}): Response {
  const reported = reportError(thrown, where);
  return new Response(JSON.stringify(problemOf(reported)), { status: reported.error.status, headers: headersOf(reported.error) });
}
