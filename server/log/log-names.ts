/** The files of a log: `<name>-<UTC day>.<number>.<ending>`; the number grows when one is full. Once finished they lie compressed in `archive`. */
export type LogName = { readonly name: string; readonly day: string; readonly number: number; readonly ending: 'jsonl' | 'log' };

const PATTERN = /^([a-z][a-z-]{0,30})-(\d{4}-\d{2}-\d{2})\.(\d{1,6})\.(jsonl|log)(?:\.gz(?:\.enc)?)?$/;

export const ARCHIVE = 'archive';
/** P-LOGS: days that a log is kept. */
export const LOG_KEPT_DAYS = 30;
/** A file takes no more lines once it has as much as this. */
export const LOG_MAX_BYTES = 10_000_000;

/** The parts of a file's name, archived or not; null for a file that is none of these. */
export function parseLogName(file: string): LogName | null {
  const [, name, day, number, ending] = PATTERN.exec(file) ?? [];
  return name && day && number && ending ? { name, day, number: Number(number), ending: ending as LogName['ending'] } : null;
}

export function formatLogName({ name, day, number, ending }: LogName): string {
  return `${name}-${day}.${number}.${ending}`;
}

/** The UTC day, as it stands in names. */
export function logDay(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** The highest number that files of this log have on this day; 0 where there is none. */
export function highestNumber(files: readonly string[], name: string, day: string): number {
  return files.reduce((highest, file) => {
    const parsed = parseLogName(file);
    return parsed?.name === name && parsed.day === day ? Math.max(highest, parsed.number) : highest;
  }, 0);
}
