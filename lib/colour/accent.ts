import { contrastRatio, readableOn } from './contrast';

/** The grounds that the accent is read on, as in app/globals.css (tokens.test.ts holds the two together). */
export const LIGHT_GROUNDS = ['#fbfaf7', '#ffffff', '#f3f1ec', '#e6f1ef'] as const;
export const DARK_GROUNDS = ['#131517', '#1a1d20', '#0e1011', '#14292a'] as const;
const INK = '#0b1615';
const WHITE = '#ffffff';

export type AccentColours = { readonly light: string; readonly onLight: string; readonly dark: string; readonly onDark: string };

/**
 * The vendor's accent, made readable: darkened for the light theme and lightened for the dark one until it has 4.5:1 on
 * every ground, each with the text colour (white or ink) that reads best on it. `hex` is `#rrggbb`.
 */
export function accentColours(hex: string): AccentColours {
  const light = readableOn(hex, LIGHT_GROUNDS, '#000000');
  const dark = readableOn(hex, DARK_GROUNDS, WHITE);
  return { light, onLight: textOn(light), dark, onDark: textOn(dark) };
}

function textOn(ground: string): string {
  return contrastRatio(WHITE, ground) >= contrastRatio(INK, ground) ? WHITE : INK;
}

/** The declarations that override the accent tokens; only colours that `accentColours` wrote get in. */
export function accentStyle(hex: string): string {
  const { light, onLight, dark, onDark } = accentColours(hex);
  return `:root{--accent-light:${light};--on-accent-light:${onLight};--accent-dark:${dark};--on-accent-dark:${onDark}}`;
}
