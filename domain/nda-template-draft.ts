import { z } from 'zod';
import { lineOfText, unitsBeforeNormalizing } from './text';

/** Code points of the text of a template: some thirty pages. */
export const MAX_NDA_TEXT = 60_000;
/** As many as are compared line by line (domain/line-diff.ts). */
export const MAX_NDA_LINES = 2000;
/** Drafts at one time. */
export const MAX_NDA_DRAFTS = 20;

/** Something that keeps a draft from being published. `line` counts from 1; null where it is about the whole. */
export type TemplateProblem = { readonly line: number | null; readonly message: string };

/** Code units of a line before it is normalized: a longer one of combining marks takes time with the square of their number. */
const MAX_LINE_UNITS = 8000;
const LINE_END = /\r\n?|\n/;

/** Without what some editors add and nobody sees: line ends are LF, no white space at the end of a line, one line end at the end. */
function tidy(text: string): string {
  const lines = text.split(LINE_END).map((line) => line.normalize('NFC').replaceAll('\t', '    ').trimEnd());
  return `${lines.join('\n').trim()}\n`;
}

/** `U+202E`: names a character that is not to be shown. */
const codePoint = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Characters that change what is read without being seen: control, format (direction marks, zero width), surrogate, private use and
 * unassigned ones, and the separators of lines and paragraphs. At most ten are named.
 */
export function hiddenCharacters(text: string): readonly TemplateProblem[] {
  const found: TemplateProblem[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const hidden = new Set(line.match(/[\p{C}\p{Zl}\p{Zp}]/gu));
    if (hidden.size > 0) found.push({ line: at + 1, message: `Line ${at + 1} holds ${[...hidden].slice(0, 5).map(codePoint).join(', ')}, which is not seen but changes what is read. Take it out.` });
    if (found.length === 10) break;
  }
  return found;
}

const body = z
  .string({ error: 'Write the text.' })
  .max(unitsBeforeNormalizing(MAX_NDA_TEXT), { error: `Shorten the text to ${MAX_NDA_TEXT} characters.` })
  .refine((text) => text.split(LINE_END).every(({ length }) => length <= MAX_LINE_UNITS), { error: `Shorten each line to ${MAX_LINE_UNITS} characters.` })
  .transform(tidy)
  .superRefine((text, context) => {
    if ([...text].length > MAX_NDA_TEXT) context.addIssue({ code: 'custom', message: `Shorten the text to ${MAX_NDA_TEXT} characters.` });
    else if (text.split('\n').length > MAX_NDA_LINES) context.addIssue({ code: 'custom', message: `Shorten the text to ${MAX_NDA_LINES} lines.` });
    else for (const { message } of hiddenCharacters(text)) context.addIssue({ code: 'custom', message });
  });

/** What an editor of a draft fills in. What is hidden in a text is not even kept; all else may be saved and is named as a problem. */
export const ndaDraftText = {
  title: lineOfText(120, 'the title'),
  summary: lineOfText(300, 'the summary'),
  body,
  requiresNewSignature: z.literal('on').optional(),
} as const;

/** The next number: the first part counts versions that ask for a new signature, the second the others. */
export function nextNdaVersion(versions: readonly string[], asksForNewSignature: boolean): string {
  const parts = versions.map((version) => version.split('.').map(Number));
  const major = Math.max(0, ...parts.map(([first = 0]) => first));
  const minor = Math.max(-1, ...parts.filter(([first]) => first === major).map(([, second = 0]) => second));
  return asksForNewSignature || major === 0 ? `${major + 1}.0` : `${major}.${minor + 1}`;
}

/** The text of a version as a content file has it (content/nda): its hash covers number, title and mark as well. */
export function composeNdaSource({ version, title, summary, requiresNewSignature, publishedAt, body: text }: { version: string; title: string; summary: string; requiresNewSignature: boolean; publishedAt: Date; body: string }): string {
  const lines = [`title: "${title}"`, `version: "${version}"`, `published: ${publishedAt.toISOString().slice(0, 10)}`, `summary: "${summary}"`, `requiresNewSignature: ${String(requiresNewSignature)}`];
  return `---\n${lines.join('\n')}\n---\n\n${text}`;
}
