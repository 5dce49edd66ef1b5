/** What the first bytes of a file say about its format. */
export type FileFormat = 'hprof' | 'gzip' | 'zip' | 'tar' | 'postgres_custom' | 'postgres_sql' | 'sqlite' | 'elf_core' | 'elf' | 'jfr' | 'text' | 'empty' | 'unknown';

/** How many first bytes {@link sniffFormat} wants to see: the magic of tar lies at 257, the type of an ELF file at 16. */
export const HEAD_BYTES = 4096;

const ELF_TYPE_CORE = 4;
/** A first entry, an empty archive, a spanned one. */
const ZIP_MAGICS: readonly string[] = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];
/** Tab, line feed, form feed, carriage return, and escape for coloured logs. */
const TEXT_CONTROLS: readonly number[] = [0x09, 0x0a, 0x0c, 0x0d, 0x1b];

/** The format by magic bytes alone, whatever the name says. */
export function sniffFormat(head: Uint8Array): FileFormat {
  if (head.length === 0) return 'empty';
  if (/^JAVA PROFILE 1\.0\.\d\0/.test(ascii(head, 0, 20))) return 'hprof';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (ascii(head, 0, 5) === 'PGDMP') return 'postgres_custom';
  if (ascii(head, 0, 16) === 'SQLite format 3\0') return 'sqlite';
  if (ascii(head, 0, 4) === 'FLR\0') return 'jfr';
  if (ZIP_MAGICS.includes(ascii(head, 0, 4))) return 'zip';
  if (ascii(head, 257, 5) === 'ustar') return 'tar';
  if (ascii(head, 0, 4) === '\x7fELF') return elfType(head) === ELF_TYPE_CORE ? 'elf_core' : 'elf';
  if (!isText(head)) return 'unknown';
  return /^(--\r?\n)*-- PostgreSQL database (cluster )?dump/m.test(ascii(head, 0, 400)) ? 'postgres_sql' : 'text';
}

/** e_type; byte 5 (EI_DATA) says whether the file is big-endian. */
function elfType(head: Uint8Array): number {
  const [low, high] = head[5] === 2 ? [head[17], head[16]] : [head[16], head[17]];
  return (low ?? 0) + (high ?? 0) * 256;
}

function ascii(head: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...head.subarray(start, start + length));
}

/** UTF-16 with its mark; or UTF-8 (a character may be cut at the end of the head) or Latin-1 without control characters. */
function isText(head: Uint8Array): boolean {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (isUtf16) return true;
  if (head.some((byte) => byte < 0x20 && !TEXT_CONTROLS.includes(byte))) return false;
  return isUtf8(head) || isMostlyAscii(head);
}

function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Old logs are often in Latin-1. */
function isMostlyAscii(head: Uint8Array): boolean {
  return head.filter((byte) => byte >= 0x20 && byte < 0x7f).length > head.length * 0.7;
}
