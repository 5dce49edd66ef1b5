import { REFERENCE_PATTERN } from './case-reference';
import { fileKeyPrefix } from './file-name';

/** `<case reference>/<file id>/`, as domain/file-name.ts writes it. */
const FILE_PREFIX = /^(AL-[0-9A-Z]{4}-[0-9A-Z]{4})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//;

/** The file that a key says it belongs to. Anybody can write such a key: whether there is such a file is the ledger's to say. */
export function fileOfKey(key: string): { readonly reference: string; readonly fileId: string; readonly prefix: string } | null {
  const [, reference, fileId] = FILE_PREFIX.exec(key) ?? [];
  return reference && fileId ? { reference, fileId, prefix: fileKeyPrefix({ reference, fileId }) } : null;
}

/** The case that a key names, or null where its first part is no case reference. */
export function referenceOfKey(key: string): string | null {
  const first = key.split('/', 1)[0] ?? '';
  return REFERENCE_PATTERN.test(first) ? first : null;
}

/**
 * A key as the database keeps it. S3 takes any UTF-8, PostgreSQL every character but NUL: that one becomes `\0`, and `\` becomes
 * `\\`, so that each key has exactly one form. At most twice the 1,024 bytes of a key, which an index entry holds.
 */
export function storedKey(key: string): string {
  return key.replace(/[\\\0]/g, (character) => (character === '\0' ? '\\0' : '\\\\'));
}

/** The key that `storedKey` wrote. */
export function keyOfStored(stored: string): string {
  return stored.replace(/\\([\\0])/g, (_, character: string) => (character === '0' ? '\0' : '\\'));
}

/**
 * A key as a person may read it: it can be hostile text. Characters that cannot be seen, break the line or change the reading
 * direction stand as their code point, `⟨U+202E⟩`.
 */
export function shownKey(key: string): string {
  return key.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

/**
 * A key as a bound in a comparison by bytes with keys of the ledger. NUL, which PostgreSQL does not take, ends it: those keys hold no
 * character below `-`, so that none lies between the bound and what is left of it.
 */
export function ledgerBound(key: string): string {
  const end = key.indexOf('\0');
  return end < 0 ? key : key.slice(0, end);
}
