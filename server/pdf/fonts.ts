import path from 'node:path';
import PDFDocument from 'pdfkit';

/**
 * Geist (Latin with all its extensions, Cyrillic) is what the text is set in; Noto Sans (Greek besides) and Noto Sans JP (kana, kanji)
 * draw what it lacks in a name. All are under the SIL Open Font License 1.1, which allows embedding.
 */
const FONT_FILES = {
  regular: ['geist', 'dist', 'fonts', 'geist-sans', 'Geist-Regular.ttf'],
  semibold: ['geist', 'dist', 'fonts', 'geist-sans', 'Geist-SemiBold.ttf'],
  italic: ['geist', 'dist', 'fonts', 'geist-sans', 'Geist-Italic.ttf'],
  mono: ['geist', 'dist', 'fonts', 'geist-mono', 'GeistMono-Regular.ttf'],
  noto: ['@expo-google-fonts', 'noto-sans', '400Regular', 'NotoSans_400Regular.ttf'],
  notoSemibold: ['@expo-google-fonts', 'noto-sans', '600SemiBold', 'NotoSans_600SemiBold.ttf'],
  notoItalic: ['@expo-google-fonts', 'noto-sans', '400Regular_Italic', 'NotoSans_400Regular_Italic.ttf'],
  notoJp: ['@expo-google-fonts', 'noto-sans-jp', '400Regular', 'NotoSansJP_400Regular.ttf'],
} as const;
export type FontName = keyof typeof FONT_FILES;

/** From the top of a line down to its baseline, as a share of the size: that of Geist, for every font, so that mixed scripts stand on one line. */
export const ASCENT = 1.005;

/** What is tried, in this order, for text that is set in the first. */
const FALLBACKS: Readonly<Partial<Record<FontName, readonly FontName[]>>> = {
  regular: ['noto', 'notoJp'],
  semibold: ['notoSemibold', 'notoJp'],
  italic: ['notoItalic', 'notoJp'],
};

/** Text in one font. */
type FontRun = { readonly text: string; readonly font: FontName };
/** The part of pdfkit's current font that tells whether a character can be drawn; pdfkit's types leave it out. */
type ParsedFont = { hasGlyphForCodePoint(codePoint: number): boolean };
type WithCurrentFont = { readonly _font: { readonly font: ParsedFont } };
type TakesParsedFonts = { registerFont(name: string, font: ParsedFont): void };

const parsedFonts = new Map<FontName, ParsedFont>();
let scratch: PDFKit.PDFDocument | undefined;

/**
 * Parsing a font takes ten times as long as drawing with it, so each is parsed once in a process; pdfkit takes parsed fonts since
 * 0.20, and keeps what is a document's own (its subset) apart. Every process of the portal runs in the root of the repository.
 */
function parsedFont(name: FontName): ParsedFont {
  const known = parsedFonts.get(name);
  if (known) return known;
  scratch ??= new PDFDocument({ autoFirstPage: false, font: '' });
  scratch.registerFont(name, path.join(process.cwd(), 'node_modules', ...FONT_FILES[name]));
  const parsed = (scratch.font(name) as unknown as WithCurrentFont)._font.font;
  parsedFonts.set(name, parsed);
  return parsed;
}

function register(document: PDFKit.PDFDocument, name: FontName): void {
  (document as unknown as TakesParsedFonts).registerFont(name, parsedFont(name));
}

/** Makes the fonts of the text known to a document by their names; those for names in other scripts follow where they are needed. */
export function registerFonts(document: PDFKit.PDFDocument): void {
  for (const name of ['regular', 'semibold', 'italic', 'mono'] as const) register(document, name);
  document.font('regular');
}

/** The scripts that are drawn letter by letter from left to right, as the fonts are used here; others need shaping that is not done. */
const DRAWN_SCRIPTS = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}\p{Script=Inherited}]+$/u;

function covers(font: FontName, text: string): boolean {
  // Control and format characters (line ends, direction marks, zero-width joiners) change what is read without being seen.
  if (/\p{C}/u.test(text) || !DRAWN_SCRIPTS.test(text)) return false;
  return [...text].every((character) => parsedFont(font).hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The font that draws one letter with its marks, or null. */
function fontFor(letter: string, font: FontName): FontName | null {
  return [font, ...(FALLBACKS[font] ?? [])].find((candidate) => covers(candidate, letter)) ?? null;
}

/**
 * Parts a text into runs by which font has its glyphs: one font for the whole where there is one, so that a name is of one hand.
 * `missing` are the characters that no font draws.
 */
export function splitByCoverage(text: string, font: FontName): { readonly runs: readonly FontRun[]; readonly missing: readonly string[] } {
  if (text === '') return { runs: [], missing: [] };
  const whole = fontFor(text, font);
  if (whole) return { runs: [{ text, font: whole }], missing: [] };
  const runs: FontRun[] = [];
  const missing = new Set<string>();
  for (const { segment } of graphemes.segment(text)) {
    const last = runs.at(-1);
    // A space goes with what stands before it.
    const chosen = last && /^\s+$/u.test(segment) && covers(last.font, segment) ? last.font : fontFor(segment, font);
    if (chosen === null) for (const character of segment) missing.add(character);
    else if (last?.font === chosen) runs[runs.length - 1] = { text: last.text + segment, font: chosen };
    else runs.push({ text: segment, font: chosen });
  }
  return { runs, missing: [...missing] };
}

/** Runs that `document` draws without a missing glyph. Throws Error where there is none: people's input was checked by `assertPrintable` (server/nda/printable.ts). */
export function toDrawableRuns<R extends FontRun>(document: PDFKit.PDFDocument, runs: readonly R[]): FontRun[] {
  return runs.flatMap(({ text, font }) => {
    const split = splitByCoverage(text, font);
    if (split.missing[0] !== undefined) throw new Error(`The document has the character ${codePointName(split.missing[0])}, which no font here draws.`);
    for (const run of split.runs) if (run.font !== font) register(document, run.font);
    return split.runs;
  });
}

/** `U+7530`: names a character without printing it. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
