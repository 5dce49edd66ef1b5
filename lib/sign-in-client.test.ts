import { describe, expect, it, vi } from 'vitest';
import { ERROR_CATALOGUE } from '@/domain/errors';
import { beginCompanySignIn, signInWith } from './sign-in-client';

const portal = (url: string, status = 200) => vi.fn((path: string, _init?: RequestInit) => Promise.resolve(path === '/api/auth/csrf' ? Response.json({ csrfToken: 'c' }) : Response.json({ url }, { status })));

describe('signing in from the browser', () => {
  it('sends the secret in the body with the CSRF token, never in the address', async () => {
    const fetcher = portal('http://localhost:3000/');
    expect(await signInWith({ link: 'the-secret' }, fetcher)).toEqual({ ok: true, url: 'http://localhost:3000/' });
    const [path, init] = fetcher.mock.calls[1] ?? [];
    expect(path).toBe('/api/auth/callback/email-link');
    expect(String(init?.body)).toBe('token=the-secret&csrfToken=c&json=true');
  });

  it('tells a refusal in the words of its code', async () => {
    const fetcher = portal('http://localhost:3000/api/auth/error?error=link_invalid', 401);
    expect(await signInWith({ link: 'x' }, fetcher)).toEqual({ ok: false, sentence: ERROR_CATALOGUE.link_invalid.detail, canRetry: false });
  });

  it.each(['constructor', 'CredentialsSignin', '<b>'])('has a sentence for a code that it does not know: %s', async (code) => {
    const answer = await signInWith({ demo: 'x' }, portal(`http://localhost:3000/?error=${encodeURIComponent(code)}`, 401));
    expect(answer).toEqual({ ok: false, sentence: expect.stringMatching(/^You were not signed in/), canRetry: false });
  });

  it('takes a CSRF token that did not match for a refusal', async () => {
    expect(await signInWith({ demo: 'x' }, portal('http://localhost:3000/api/auth/signin?csrf=true'))).toMatchObject({ ok: false });
  });

  it('says when the portal does not answer', async () => {
    expect(await signInWith({ demo: 'x' }, () => Promise.reject(new TypeError('network')))).toMatchObject({ ok: false, sentence: expect.stringMatching(/did not answer/), canRetry: true });
    expect(await beginCompanySignIn('/', () => Promise.resolve(new Response('<html>')))).toMatchObject({ ok: false });
  });

  it('goes where the identity provider is', async () => {
    expect(await beginCompanySignIn('/desk', portal('https://id.example.com/authorize?state=s'))).toEqual({ ok: true, url: 'https://id.example.com/authorize?state=s' });
  });
});
