import { baseUrl } from './environment';
import { type ServerAction } from './entry-points';
import { assertNothingRaw, type RawCanary } from './raw-canary';

/** What came of a request, in a few words that the access matrix compares: `ok`, `404`, `to /sign-in`, `404 not_found` … */
export async function knock(method: string, address: string, options: { cookie?: string; bearer?: string; body?: unknown; without?: RawCanary } = {}): Promise<string> {
  const headers: Record<string, string> = { origin: baseUrl, accept: 'text/html,application/json' };
  if (options.cookie) headers.cookie = options.cookie;
  if (options.bearer) headers.authorization = `Bearer ${options.bearer}`;
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  const stop = new AbortController();
  const response = await fetch(baseUrl + address, { method, headers, redirect: 'manual', signal: stop.signal, ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }) });
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) {
    stop.abort();
    return outcome(response, '');
  }
  const body = Buffer.from(await response.arrayBuffer());
  if (options.without) assertNothingRaw({ headers: response.headers, body }, options.without);
  return outcome(response, body.toString('utf8'));
}

function outcome(response: Response, text: string): string {
  if (response.status >= 300 && response.status < 400) return `to ${new URL(response.headers.get('location') ?? '', baseUrl).pathname}`;
  if (response.ok) return 'ok';
  const code = /^application\/problem\+json/.test(response.headers.get('content-type') ?? '') ? /"code":"([a-z_]+)"/.exec(text)?.[1] : undefined;
  return code ? `${response.status} ${code}` : String(response.status);
}

/**
 * Calls a server action as the browser does (React's reply format: the state before, then the form's entries under their
 * reference) and says what came of it: `ok`, `refused <code>`, or `to <address>`.
 */
export async function callAction(action: ServerAction, page: string, form: Record<string, string>, cookie: string | undefined, without?: RawCanary): Promise<string> {
  const body = new FormData();
  for (const [name, value] of Object.entries(form)) body.append(`_1_${name}`, value);
  body.append('0', JSON.stringify([{ ok: false }, '$K1']));
  const response = await fetch(baseUrl + page, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: baseUrl, 'next-action': action.id, accept: 'text/x-component', ...(cookie ? { cookie } : {}) },
    body,
  });
  const received = Buffer.from(await response.arrayBuffer());
  if (without) assertNothingRaw({ headers: response.headers, body: received }, without);
  const target = response.headers.get('x-action-redirect');
  if (target) return `to ${new URL(target.split(';')[0] ?? '', baseUrl).pathname}`;
  const text = received.toString('utf8');
  const refused = /"ok":false[^}]*?"code":"([a-z_]+)"|"code":"([a-z_]+)"[^}]*?"ok":false/.exec(text);
  if (refused) return `refused ${refused[1] ?? refused[2] ?? ''}`;
  if (/"ok":true/.test(text)) return 'ok';
  return `answered ${response.status}`;
}
