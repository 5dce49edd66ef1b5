import path from 'node:path';
import { AppError } from '@/domain/errors';

/** Geist (SIL Open Font License 1.1, embedding allowed): Latin with all its extensions, and Cyrillic. */
const FONT_FOLDER = ['node_modules', 'geist', 'dist', 'fonts'];
const FONT_FILES = {
  regular: ['geist-sans', 'Geist-Regular.ttf'],
  semibold: ['geist-sans', 'Geist-SemiBold.ttf'],
  italic: ['geist-sans', 'Geist-Italic.ttf'],
  mono: ['geist-mono', 'GeistMono-Regular.ttf'],
} as const;
export type FontName = keyof typeof FONT_FILES;
export const FONT_NAMES = Object.keys(FONT_FILES) as FontName[];

/** Every process of the portal runs in the root of the repository. */
export function fontPath(name: FontName): string {
  return path.join(process.cwd(), ...FONT_FOLDER, ...FONT_FILES[name]);
}

/** The part of pdfkit's current font that tells whether a character can be drawn; pdfkit's types leave it out. */
type WithCurrentFont = { readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } } };

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

export const MAX_FIELD_CHARACTERS = 300;

/** Refuses values that cannot be printed, with a sentence that asks for a Latin form (AppError `validation_failed`). */
export function requirePrintable(document: PDFKit.PDFDocument, values: Readonly<Record<string, string | undefined>>, labels: Readonly<Record<string, string>>): void {
  const fields = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const label = labels[name] ?? name;
    if (value.length > MAX_FIELD_CHARACTERS) return [{ path: name, message: `${label}: at most ${MAX_FIELD_CHARACTERS} characters fit into the agreement.` }];
    const missing = firstMissingCharacter(document, value);
    if (missing === null) return [];
    const code = `U+${(missing.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    return [{ path: name, message: `${label}: the character ${code} cannot be printed in the agreement. Write it in Latin letters.` }];
  });
  if (fields.length > 0) {
    throw new AppError('validation_failed', { detail: 'Some of the details cannot be printed in the agreement. Give a Latin form of those that are named.', fields });
  }
}
