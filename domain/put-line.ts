import { z } from 'zod';
import { FILE_KINDS } from './file-kinds';
import { fileName } from './file-name';
import { MAX_OBJECT_BYTES } from './limits';

/** What `wc -c` prints: digits, with blanks around them. */
const sizeInBytes = z
  .string()
  .trim()
  .regex(/^[0-9]{1,16}$/, { error: 'Give the exact size in bytes, as digits alone.' })
  .transform(Number)
  .pipe(z.int().min(1, { error: 'An empty file is not a gzip file.' }).max(MAX_OBJECT_BYTES, { error: 'One PUT takes at most 5 GiB. Send a larger file with an upload key or from the browser.' }));

/** The hash alone, or the whole line that `sha256sum` prints. It begins with `\` where the name has a backslash or a line break. */
const sha256Line = z
  .string()
  .trim()
  .regex(/^\\?[0-9a-fA-F]{64}(\s|$)/, { error: 'Give the SHA-256 of the .gz file: 64 hexadecimal digits, as sha256sum prints them.' })
  .transform((line) => line.replace('\\', '').slice(0, 64).toLowerCase());

/** What a customer says of a file that they compressed themselves. */
export const putLineInput = z.strictObject({
  reference: z.string(),
  name: fileName,
  kind: z.enum(FILE_KINDS, { error: 'Choose what the file is.' }),
  sizeBytes: sizeInBytes,
  sha256: sha256Line,
  /** Ticked where nobody asked for this kind of file (P-MIN). */
  unasked: z.literal('on').optional(),
});

/** One word of a POSIX shell, whatever is in it: between single quotes nothing is special (IEEE 1003.1, Shell, 2.2.2). */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export type PutLine = { readonly name: string; readonly url: string; readonly headers: Readonly<Record<string, string>> };

/**
 * One line for curl that sends the file `name` of the folder in which it is run. `-g` keeps brackets and braces in the name from
 * being taken for patterns, `./` a name that begins with `-` or is `-`. curl counts the content length itself: a file of another
 * size does not fit the signature. What is printed is curl's progress alone.
 */
export function putLine({ name, url, headers }: PutLine): string {
  const signed = Object.entries(headers).filter(([header]) => header.toLowerCase() !== 'content-length');
  return ['curl -f -S -# -g -o /dev/null', `-T ${shellWord(`./${name}`)}`, ...signed.map(([header, value]) => `-H ${shellWord(`${header}: ${value}`)}`), shellWord(url)].join(' ');
}
