import { z } from 'zod';
import { ERROR_CATALOGUE, type ErrorCode } from '@/domain/errors';

export type SignInAnswer = { readonly ok: true; readonly url: string } | { readonly ok: false; readonly sentence: string; /** The same may work in a moment. */ readonly canRetry: boolean };
type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

const csrfAnswer = z.looseObject({ csrfToken: z.string() });
const redirectAnswer = z.looseObject({ url: z.string() });

const NO_ANSWER = 'The portal did not answer. Check your connection and press the button again; nothing was lost.';
const REFUSED = 'You were not signed in. Go back to the sign-in page and try again.';

const MAY_WORK_LATER: ReadonlySet<string> = new Set<ErrorCode>(['rate_limited', 'not_ready', 'internal']);

/** next-auth says how it went by the address that it would redirect to; ours carry a stable code of domain/errors.ts. */
function sentenceFor(code: string): string {
  return Object.hasOwn(ERROR_CATALOGUE, code) ? ERROR_CATALOGUE[code as ErrorCode].detail : REFUSED;
}

async function post(fetcher: Fetch, path: string, fields: Readonly<Record<string, string>>): Promise<SignInAnswer> {
  const { csrfToken } = csrfAnswer.parse(await (await fetcher('/api/auth/csrf', { cache: 'no-store' })).json());
  const response = await fetcher(path, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }) });
  const body: unknown = await response.json();
  const answer = redirectAnswer.safeParse(body);
  if (!answer.success) return { ok: false, sentence: REFUSED, canRetry: false };
  const said = new URL(answer.data.url, 'http://portal.invalid').searchParams;
  const error = said.get('error');
  // `csrf=true` is how next-auth says that its token did not match; the status is 200 all the same.
  return error === null && !said.has('csrf') && response.ok ? { ok: true, url: answer.data.url } : { ok: false, sentence: sentenceFor(error ?? ''), canRetry: MAY_WORK_LATER.has(error ?? '') };
}

/**
 * Signs in by next-auth's REST API (csrf, then callback of a credentials provider). `link` redeems the secret of a sign-in link,
 * `demo` takes a demo account. Never throws.
 */
export async function signInWith(way: { readonly link: string } | { readonly demo: string }, fetcher: Fetch = fetch): Promise<SignInAnswer> {
  try {
    return await ('link' in way ? post(fetcher, '/api/auth/callback/email-link', { token: way.link }) : post(fetcher, '/api/auth/callback/demo', { userId: way.demo }));
  } catch {
    return { ok: false, sentence: NO_ANSWER, canRetry: true };
  }
}

/** Begins a sign-in at the company's identity provider; answers its address, where the browser has to go. Never throws. */
export async function beginCompanySignIn(next: string, fetcher: Fetch = fetch): Promise<SignInAnswer> {
  try {
    return await post(fetcher, '/api/auth/signin/company', { callbackUrl: next });
  } catch {
    return { ok: false, sentence: NO_ANSWER, canRetry: true };
  }
}
