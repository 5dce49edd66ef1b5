import { log, type LogFields } from '../logger';

/** What Next tells of a page, action or route that threw (instrumentation.ts, `onRequestError`). */
export type FailedRequest = { readonly method: string };
export type FailedRoute = { readonly routePath: string };

/** The log line of an error page: its reference is the digest that the page shows. The address itself, which may hold anything, stays out. */
export function pageErrorFields(error: unknown, request: FailedRequest, route: FailedRoute): LogFields {
  const digest = error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : undefined;
  return { reference: digest, method: request.method, route: route.routePath, status: 500, error };
}

/** Logs an error that reached nobody's catch, so that support finds it by the reference on the error page. */
export function reportPageError(error: unknown, request: FailedRequest, route: FailedRoute): void {
  log('error', 'page-failed', pageErrorFields(error, request, route));
}
