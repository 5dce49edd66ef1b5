import { beforeEach, describe, expect, it, vi } from 'vitest';
import { authCookies, cookieValue, sessionCookie } from './session-cookie';

const env = vi.hoisted(() => ({ AIRLOCK_URL: '' }));
vi.mock('../env', () => ({ getEnv: () => env, getAuthSecret: () => 's' }));
beforeEach(() => {
  env.AIRLOCK_URL = 'https://data.example.com';
});

describe('the session cookie', () => {
  it('cannot be read by scripts, set by a sister host, or sent along by another site', () => {
    expect(sessionCookie()).toEqual({ name: '__Host-airlock.session', options: { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } });
    for (const { name, options } of Object.values(authCookies())) {
      expect(name).toMatch(/^__Host-/);
      expect(options).toMatchObject({ httpOnly: true, secure: true, path: '/' });
      expect(options).not.toHaveProperty('domain');
    }
  });

  it('of two portals on one machine are two', () => {
    env.AIRLOCK_URL = 'http://localhost:3000';
    const one = sessionCookie();
    env.AIRLOCK_URL = 'http://localhost:3001';
    expect(sessionCookie().name).not.toBe(one.name);
    expect(one.options.secure).toBe(false);
  });

  it.each([
    ['a=1; airlock.session=x.y==; b=2', 'x.y=='],
    ['xairlock.session=1', null],
    ['airlock.session', null],
    ['', null],
    [null, null],
  ])('is found in %j', (header, value) => {
    expect(cookieValue(header, 'airlock.session')).toBe(value);
  });
});
