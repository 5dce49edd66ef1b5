import type { FileKind } from '@/domain/file-kinds';
import { type FileFormat, sniffFormat } from './sniff-format';

export interface FileKindGuess {
  readonly kind: FileKind;
  readonly format: FileFormat;
  /** `certain`: the content itself says so. `likely`: name and content agree. `unsure`: ask. */
  readonly confidence: 'certain' | 'likely' | 'unsure';
  /** A plain sentence for the person who may correct the guess. */
  readonly reason: string;
}

type Guess = Omit<FileKindGuess, 'format'>;

/** Formats whose content alone decides. */
const BY_CONTENT: Partial<Record<FileFormat, Guess>> = {
  hprof: { kind: 'heap_dump', confidence: 'certain', reason: 'It begins as a Java heap dump does.' },
  postgres_custom: { kind: 'database_backup', confidence: 'certain', reason: 'It begins as a PostgreSQL backup made by pg_dump does.' },
  postgres_sql: { kind: 'database_backup', confidence: 'certain', reason: 'Its first lines are those of a PostgreSQL dump.' },
  sqlite: { kind: 'database_backup', confidence: 'certain', reason: 'It is a SQLite database.' },
  elf_core: { kind: 'other', confidence: 'certain', reason: 'It is a core dump of a process, not a Java heap dump.' },
  elf: { kind: 'other', confidence: 'likely', reason: 'It is a program, not diagnostic data.' },
  jfr: { kind: 'other', confidence: 'likely', reason: 'It is a Java Flight Recorder recording.' },
  empty: { kind: 'other', confidence: 'unsure', reason: 'The file is empty.' },
};

/** Names as they are met on servers; the first that fits decides. */
const BY_NAME: readonly (readonly [RegExp, FileKind, string])[] = [
  [/\.(hprof|phd)$|^java_pid\d+|heap[-_. ]?dump/i, 'heap_dump', 'Its name is that of a Java heap dump.'],
  [/\.(dump|backup|bak|dmp|pgdump|sqlite3?|db)$|\.sql$|pg_?dump|mysqldump|(database|db)[-_. ]?(backup|dump)/i, 'database_backup', 'Its name is that of a database backup.'],
  [/^(syslog|messages|dmesg|kern|auth|secure|boot|daemon|journal|sar\d*|vmstat|iostat|top|sosreport|sysstat|cron|audit)([-_.0-9]|$)|journalctl|sosreport|eventlog|\.(evtx?|journal)$/i, 'os_log', 'Its name is that of a log of the operating system.'],
  [/\.(log|out|err|trace|txt)([-_.]?\d{1,10}([-_]\d+)*)?$|\.log[-_.]|catalina|localhost_access|gc[-_.]|stdout|stderr|hs_err_pid|thread[-_]?dump|access[-_.]|error[-_.]|server[-_.]|app[-_.]/i, 'component_log', 'Its name is that of a log of a service.'],
];

const PACKED_ENDING = /\.(gz|tgz|zip|tar|bz2|xz|zst|7z)$/i;

/**
 * Guesses what a chosen file is, from its name and its first bytes ({@link HEAD_BYTES}, or all of a shorter file). The user may
 * correct it; nothing depends on it being right.
 */
export function guessFileKind(name: string, head: Uint8Array): FileKindGuess {
  const format = sniffFormat(head);
  return { format, ...guess(baseName(name), format) };
}

function guess(name: string, format: FileFormat): Guess {
  const decided = BY_CONTENT[format];
  if (decided && format !== 'empty') return decided;
  const named = BY_NAME.find(([pattern]) => pattern.test(unpackedName(name)));
  if (!named) return format === 'text' ? { kind: 'component_log', confidence: 'unsure', reason: 'It is text; neither its name nor its beginning says which.' } : (decided ?? unnamed(format));
  const [, kind, reason] = named;
  if (isContradiction(kind, format)) return { kind: 'other', confidence: 'unsure', reason: `${reason} Its content is not: it does not begin as such a file does.` };
  return { kind, confidence: format === 'unknown' || format === 'empty' ? 'unsure' : 'likely', reason: format === 'gzip' || format === 'zip' || format === 'tar' ? `${reason} It is packed, so its content was not looked at.` : reason };
}

function unnamed(format: FileFormat): Guess {
  const packed = format === 'gzip' || format === 'zip' || format === 'tar';
  return { kind: 'other', confidence: 'unsure', reason: packed ? 'It is packed, and its name does not say what is in it.' : 'Neither its name nor its beginning says what it is.' };
}

/** A "heap dump" that is text, or a "log" that is not. */
function isContradiction(kind: FileKind, format: FileFormat): boolean {
  if (kind === 'heap_dump') return format === 'text';
  return (kind === 'component_log' || kind === 'os_log') && format === 'unknown';
}

function baseName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}

/** `heap.hprof.tar.gz` is judged as `heap.hprof`. */
function unpackedName(name: string): string {
  let bare = name;
  while (PACKED_ENDING.test(bare)) bare = bare.replace(PACKED_ENDING, '');
  return bare;
}
