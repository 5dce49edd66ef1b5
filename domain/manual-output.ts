import { z } from 'zod';
import { type FileState } from './file-states';
import { lineOfText } from './text';

/** Bytes of text in one result: below the megabyte that a form may have. */
export const MAX_OUTPUT_BYTES = 1_000_000;
/** Results that a case shows at a time; more is no result but a copy. */
export const MAX_OUTPUTS_PER_CASE = 100;

/** A file that staff can have looked at: it was stored once. Its analysis may end after it is gone. */
export function isLookedAt(state: FileState): boolean {
  return ['stored', 'verified', 'analysed', 'quarantined', 'expired'].includes(state);
}

/** Control, format, surrogate and private-use characters other than line feed, tab and the joiners that scripts need. */
const UNFIT = /[^\P{C}\n\t\u200c\u200d]|[\p{Zl}\p{Zp}]/gu;

/** Bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Text as it may stand in a page: line ends are LF, and what steers a terminal or the reading direction is shown as U+FFFD. */
export function readableText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNFIT, '\uFFFD').trimEnd();
}

/** A result of manual analysis: a title and plain text, of a file of the case. */
export const writeOutputInput = z.strictObject({
  fileId: z.uuid(),
  title: lineOfText(120, 'a title'),
  body: z
    .string({ error: 'Write the result.' })
    .max(MAX_OUTPUT_BYTES, { error: 'The result is larger than 1 MB. Keep what matters.' })
    .transform(readableText)
    .pipe(
      z
        .string()
        .min(1, { error: 'Write the result.' })
        .refine((text) => utf8Bytes(text) <= MAX_OUTPUT_BYTES, { error: 'The result is larger than 1 MB. Keep what matters.' }),
    ),
});

/** A line in the list of results. Times are ISO 8601 in UTC. */
export type OutputItem = {
  readonly id: string;
  readonly fileId: string | null;
  /** Null once its time is over. */
  readonly title: string | null;
  readonly sizeBytes: number;
  /** "Support" for customers; staff read the name. */
  readonly writtenBy: string;
  readonly createdAt: string;
  /** Null once its time is over. */
  readonly dueAt: string | null;
  /** When it was emptied; null while the sweeper is still to do so. */
  readonly goneAt: string | null;
};

export type OutputView = OutputItem & { readonly caseReference: string; readonly body: string | null };
