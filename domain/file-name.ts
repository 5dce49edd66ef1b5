import { z } from 'zod';
import { unitsBeforeNormalizing } from './text';

/** What ext4, NTFS and APFS allow for one name; a longer one cannot come from a real disk. */
const MAX_FILE_NAME_CHARACTERS = 255;
const SAFE_NAME_CHARACTERS = 100;
const CONTROL_OR_SEPARATOR = /[\p{Cc}/\\]/u;

/**
 * A file's name as its sender knows it, shown to people only. Path separators, NUL, line breaks and other control
 * characters are refused; invisible direction marks are dropped, so that `gpj.exe` cannot pose as `exe.jpg`.
 */
export const fileName = z
  .string({ error: 'Name the file.' })
  .max(unitsBeforeNormalizing(MAX_FILE_NAME_CHARACTERS), { error: `Shorten the file name to ${MAX_FILE_NAME_CHARACTERS} characters.` })
  .transform((value) => value.normalize('NFC').replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, '').trim())
  .pipe(
    z
      .string()
      .min(1, { error: 'Name the file.' })
      .refine((value) => [...value].length <= MAX_FILE_NAME_CHARACTERS, { error: `Shorten the file name to ${MAX_FILE_NAME_CHARACTERS} characters.` })
      .refine((value) => !CONTROL_OR_SEPARATOR.test(value), { error: 'Remove slashes and control characters from the file name: send the name alone, not its path.' })
      .refine((value) => value !== '.' && value !== '..', { error: 'Give the file a name other than "." or "..".' }),
  );

/**
 * The part of an S3 key made from a file name: only A-Z a-z 0-9 . _ - (the safe characters of the S3 user guide, less
 * those that a shell treats specially), no leading dot, at most 100 characters, the ending kept, `.gz` taken off because
 * the key adds it. Always at least one character.
 */
export function safeFileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/\.gz$/i, '')
    .replace(/^[._-]+/, '')
    .replace(/[._-]+$/, '');
  if (plain.length <= SAFE_NAME_CHARACTERS) return plain === '' ? 'file' : plain;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(plain)?.[0] ?? '';
  return plain.slice(0, SAFE_NAME_CHARACTERS - ending.length).replace(/[._-]+$/, '') + ending;
}

/**
 * The S3 key of a segment (docs/design.md, section 4): `<reference>/<file id>/<safe name>.gz` for a file reserved as a single
 * segment, with `.0001` and so on otherwise. Never a person's name or address.
 */
export function segmentKey(file: { reference: string; fileId: string; safeName: string; isSingleObject: boolean }, index: number): string {
  const base = `${fileKeyPrefix(file)}${file.safeName}.gz`;
  return file.isSingleObject ? base : `${base}.${String(index).padStart(4, '0')}`;
}

/** Every object of a file lies under this prefix, and nothing else does. */
export function fileKeyPrefix(file: { reference: string; fileId: string }): string {
  return `${file.reference}/${file.fileId}/`;
}
