/** How the portal is coloured: by the system's setting, or as the person chose. */
export type Theme = 'system' | 'light' | 'dark';

export const THEME_COOKIE = 'airlock-theme';

/** Reads the cookie's value; anything else than a choice is the system's. */
export function parseTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}
