import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DARK_GROUNDS, LIGHT_GROUNDS } from '@/lib/colour/accent';
import { contrastRatio } from '@/lib/colour/contrast';

const css = readFileSync(new URL('./globals.css', import.meta.url), 'utf8');
const THEMES = ['light', 'dark'] as const;

/** The value of a colour token in one theme, with the accent's variables followed. */
function token(name: string, theme: (typeof THEMES)[number]): string {
  const declared = new RegExp(`--color-${name}: ([^;]+);`).exec(css)?.[1] ?? '';
  const pair = /^light-dark\(([^,]+), (.+)\)$/.exec(declared);
  const value = pair ? (theme === 'light' ? pair[1] : pair[2]) : declared;
  const variable = /^var\((--[a-z-]+)\)$/.exec(value ?? '')?.[1];
  return (variable ? new RegExp(`${variable}: (#[0-9a-f]{6});`).exec(css)?.[1] : value) ?? '';
}

const GROUNDS = ['paper', 'surface', 'sunken'];
const PAIRS: readonly (readonly [string, string])[] = [
  ...GROUNDS.flatMap((ground) => ['ink', 'muted', 'accent', 'info', 'success', 'warning', 'danger'].map((text) => [text, ground] as const)),
  ...['info', 'success', 'warning', 'danger'].flatMap((tone) => [[tone, `${tone}-tint`] as const, ['ink', `${tone}-tint`] as const]),
  ['accent', 'accent-tint'],
  ['ink', 'accent-tint'],
  ['on-accent', 'accent'],
  ['on-danger', 'danger-solid'],
  ['pen', 'sheet'],
];

describe.each(THEMES)('the %s theme', (theme) => {
  it.each(PAIRS)('%s reads on %s', (text, ground) => {
    expect(contrastRatio(token(text, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(GROUNDS)('the border of a field is seen on %s', (ground) => {
    expect(contrastRatio(token('field', theme), token(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});

/** Tailwind's own colours are taken out (`--color-*: initial`): a class that names one is written in vain. */
const STRANGE = /\b(?:bg|text|border|fill|stroke|outline|ring|decoration)-(?:white|black|(?:slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose)-\d+)\b/;

it('is the only one whose colours are named', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const sources = ['app', 'components'].flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx')).map((name) => path.join(root, folder, name)));
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((source) => STRANGE.test(readFileSync(source, 'utf8')))).toEqual([]);
});

it('knows the grounds that a vendor\'s accent is measured on', () => {
  const grounds = (theme: (typeof THEMES)[number]) => [...GROUNDS, 'accent-tint'].map((name) => token(name, theme));
  expect(grounds('light')).toEqual([...LIGHT_GROUNDS]);
  expect(grounds('dark')).toEqual([...DARK_GROUNDS]);
});
