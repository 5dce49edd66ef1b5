import { z } from 'zod';

/** Control, format, surrogate and private-use characters; newline and tab are let through where a text may have lines. */
const FORBIDDEN_IN_LINE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
const FORBIDDEN_IN_TEXT = /[^\P{C}\n\t\u200c\u200d]|[\p{Zl}\p{Zp}]/u;
/** Joiners that Persian, Indic scripts and emoji need are harmless in a line. */
const JOINERS = /[\u200c\u200d]/g;

/**
 * Code units that a text of `max` characters may come with before it is normalized: bringing combining marks into their order
 * takes time with the square of their number (UAX #15), so that half a megabyte of them would hold the process for a minute.
 */
export const unitsBeforeNormalizing = (max: number): number => 4 * max;

/** One line that a person typed: NFC, trimmed, 1..max characters (code points), no control, bidirectional or invisible characters. */
export function lineOfText(max: number, what: string) {
  return z
    .string({ error: `Enter ${what}.` })
    .max(unitsBeforeNormalizing(max), { error: `Shorten ${what} to ${max} characters.` })
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
    .max(unitsBeforeNormalizing(max), { error: `Shorten ${what} to ${max} characters.` })
    .transform((value) => value.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .min(1, { error: `Enter ${what}.` })
        .refine((value) => [...value].length <= max, { error: `Shorten ${what} to ${max} characters.` })
        .refine((value) => !FORBIDDEN_IN_TEXT.test(value), { error: `Remove the invisible or control characters from ${what}.` }),
    );
}

const MAX_EMAIL_CHARACTERS = 254;
const EMAIL_TOO_LONG = `Shorten the e-mail address to ${MAX_EMAIL_CHARACTERS} characters.`;

/** An e-mail address: lower-cased, at most 254 characters (RFC 5321), no line breaks or other header tricks. */
export const emailAddress = z
  .string({ error: 'Enter an e-mail address.' })
  .max(unitsBeforeNormalizing(MAX_EMAIL_CHARACTERS), { error: EMAIL_TOO_LONG })
  .transform((value) => value.normalize('NFC').trim().toLowerCase())
  .pipe(
    z
      .string()
      .max(MAX_EMAIL_CHARACTERS, { error: EMAIL_TOO_LONG })
      .email({ error: 'Enter an e-mail address in the form name@example.com.' }),
  );
