const MAX_CHARACTERS = 500;

/** Where signing in leads when nobody said otherwise. */
const DEFAULT_NEXT_PATH = '/';

/**
 * A path of this portal to go on to after signing in, or `/`. Whatever a browser could read as another site is refused:
 * schemes, `//host`, `/\host`, and control characters, which URL parsers drop (WHATWG URL, "remove all ASCII tab or newline").
 */
export function safeNextPath(value: unknown): string {
  if (typeof value !== 'string' || value.length > MAX_CHARACTERS) return DEFAULT_NEXT_PATH;
  if (!/^\/(?![/\\])[^\\\p{C}\p{Z}]*$/u.test(value)) return DEFAULT_NEXT_PATH;
  const base = 'http://portal.invalid';
  const url = URL.canParse(value, base) ? new URL(value, base) : null;
  if (!url || url.origin !== base || url.pathname.startsWith('//')) return DEFAULT_NEXT_PATH;
  if (url.pathname.startsWith('/api/') || url.pathname.startsWith('/sign-in')) return DEFAULT_NEXT_PATH;
  return url.pathname + url.search;
}
