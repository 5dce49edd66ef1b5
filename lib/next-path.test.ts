import { describe, expect, it } from 'vitest';
import { safeNextPath } from './next-path';

describe('where signing in leads', () => {
  it.each(['/cases', '/cases/AL-7K3M-Q2ZD/files/new', '/desk?state=stored&q=a%20b', '/', '/case/a//b'])('is %s', (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  it.each([
    '//evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example', 'javascript:alert(1)', ' /cases', '/\t/evil.example', '/\n/evil.example',
    '/cases\u0000', '/cases\u202e', '/a\\b', '/.//evil.example', '/..//evil.example', '/%2e//evil.example', '', 'cases', '?a', '#a', `/${'a'.repeat(600)}`, '/api/auth/signout', '/sign-in', '/sign-in/link?next=/x',
    null, undefined, 7, ['/cases'], {},
  ])('is never %j', (path) => {
    expect(safeNextPath(path)).toBe('/');
  });

  it('loses its fragment, which could hold a secret', () => {
    expect(safeNextPath('/cases#secret')).toBe('/cases');
  });
});
