import path from 'node:path';
import { AppError } from '@/domain/errors';

/** Geist (SIL Open Font License 1.1, embedding allowed): Latin with all its extensions, and Cyrillic. */
const FONT_FILES = {
  regular: ['geist-sans', 'Geist-Regular.ttf'],
  semibold: ['geist-sans', 'Geist-SemiBold.ttf'],
  italic: ['geist-sans', 'Geist-Italic.ttf'],
  mono: ['geist-mono', 'GeistMono-Regular.ttf'],
} as const;
export type FontName = keyof typeof FONT_FILES;
const FONT_NAMES = Object.keys(FONT_FILES) as FontName[];

/** The part of pdfkit's current font that tells whether a character can be drawn; pdfkit's types leave it out. */
type ParsedFont = { hasGlyphForCodePoint(codePoint: number): boolean };
type WithCurrentFont = { readonly _font: { readonly font: ParsedFont } };
type TakesParsedFonts = { registerFont(name: string, font: string | ParsedFont): void };

/** Every process of the portal runs in the root of the repository. */
function fontPath(name: FontName): string {
  return path.join(process.cwd(), 'node_modules', 'geist', 'dist', 'fonts', ...FONT_FILES[name]);
}

const parsedFonts = new Map<FontName, ParsedFont>();

/**
 * Makes the fonts known to a document by their names. Parsing one takes ten times as long as drawing with it, so each is
 * parsed once in a process; pdfkit takes parsed fonts since 0.20, and keeps what is a document's own (its subset) apart.
 */
export function registerFonts(document: PDFKit.PDFDocument): void {
  for (const name of FONT_NAMES) {
    (document as unknown as TakesParsedFonts).registerFont(name, parsedFonts.get(name) ?? fontPath(name));
    if (!parsedFonts.has(name)) parsedFonts.set(name, (document.font(name) as unknown as WithCurrentFont)._font.font);
  }
  document.font('regular');
}

/** Whether the current font of the document draws this character. */
export function canDraw(document: PDFKit.PDFDocument, character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  // Control and format characters (line ends, direction marks, zero-width joiners) change what is read without being seen.
  if (/\p{C}/u.test(character)) return false;
  return (document as unknown as WithCurrentFont)._font.font.hasGlyphForCodePoint(codePoint);
}

/** The first character that the current font cannot draw, or null. A missing glyph must never become an empty box. */
export function firstMissingCharacter(document: PDFKit.PDFDocument, text: string): string | null {
  return [...text].find((character) => !canDraw(document, character)) ?? null;
}

/** `U+7530`: names a character without printing it. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

export const MAX_FIELD_CHARACTERS = 300;

/** Refuses values that cannot be printed, with a sentence that asks for a Latin form (AppError `validation_failed`). */
export function requirePrintable(document: PDFKit.PDFDocument, values: Readonly<Record<string, string | undefined>>, labels: Readonly<Record<string, string>>): void {
  const fields = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const label = labels[name] ?? name;
    if (value.length > MAX_FIELD_CHARACTERS) return [{ path: name, message: `${label}: at most ${MAX_FIELD_CHARACTERS} characters fit into the agreement.` }];
    const missing = firstMissingCharacter(document, value);
    if (missing === null) return [];
    return [{ path: name, message: `${label}: the character ${codePointName(missing)} cannot be printed in the agreement. Write it in Latin letters.` }];
  });
  if (fields.length > 0) {
    throw new AppError('validation_failed', { detail: 'Some of the details cannot be printed in the agreement. Give a Latin form of those that are named.', fields });
  }
}
