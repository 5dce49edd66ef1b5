import { z } from 'zod';

/** Control, format, surrogate and private-use characters; newline and tab are let through where a text may have lines. */
const FORBIDDEN_IN_LINE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
const FORBIDDEN_IN_TEXT = /[^\P{C}\n\t\u200c\u200d]|[\p{Zl}\p{Zp}]/u;
/** Joiners that Persian, Indic scripts and emoji need are harmless in a line. */
const JOINERS = /[\u200c\u200d]/g;

/** One line that a person typed: NFC, trimmed, 1..max characters (code points), no control, bidirectional or invisible characters. */
export function lineOfText(max: number, what: string) {
  return z
    .string({ error: `Enter ${what}.` })
    .transform((value) => value.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1, { error: `Enter ${what}.` })
        .refine((value) => [...value].length <= max, { error: `Shorten ${what} to ${max} characters.` })
        .refine((value) => !FORBIDDEN_IN_LINE.test(value.replace(JOINERS, '')), {
          error: `Remove the invisible or control characters from ${what}.`,
        }),
    );
}

/** A text of several lines under the same rules; line ends become LF. */
export function paragraphOfText(max: number, what: string) {
  return z
    .string({ error: `Enter ${what}.` })
    .transform((value) => value.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .min(1, { error: `Enter ${what}.` })
        .refine((value) => [...value].length <= max, { error: `Shorten ${what} to ${max} characters.` })
        .refine((value) => !FORBIDDEN_IN_TEXT.test(value), { error: `Remove the invisible or control characters from ${what}.` }),
    );
}

/** An e-mail address: lower-cased, at most 254 characters (RFC 5321), no line breaks or other header tricks. */
export const emailAddress = z
  .string({ error: 'Enter an e-mail address.' })
  .transform((value) => value.normalize('NFC').trim().toLowerCase())
  .pipe(
    z
      .string()
      .max(254, { error: 'Shorten the e-mail address to 254 characters.' })
      .email({ error: 'Enter an e-mail address in the form name@example.com.' }),
  );
