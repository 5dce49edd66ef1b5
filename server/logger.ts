import path from 'node:path';
import pino, { type Logger } from 'pino';
import { getEnv } from './env';
import { RotatingFile } from './log/rotating-file';

/**
 * The portal's log (P-LOGS): JSON lines of an allow-list of fields, files 0600 in a 0700 folder, a new one each day and when one is full.
 * Whatever is not listed is dropped, so that a name, an address, a file name or a token cannot get in by being handed over. People appear
 * under the pseudonyms of the audit log, networks under a keyed hash (server/http/peer-address.ts).
 */
export type LogFields = {
  readonly reference?: string;
  readonly code?: string;
  readonly status?: number;
  readonly method?: string;
  /** The route's pattern, such as /api/v1/files/{fileId}; never the address itself. */
  readonly route?: string;
  readonly actor?: string;
  /** Stands for the network that a request came from; never its address. */
  readonly peer?: string;
  readonly caseId?: string;
  readonly fileId?: string;
  readonly noticeId?: string;
  readonly job?: string;
  readonly state?: string;
  readonly count?: number;
  readonly bytes?: number;
  readonly milliseconds?: number;
  readonly port?: number;
  /** The class and stable code of an error; its message may quote input and stays out. */
  readonly error?: unknown;
};

/** Every field that a line may have besides level, time, process id and the event. */
export const LOG_FIELDS = ['reference', 'code', 'status', 'method', 'route', 'actor', 'peer', 'caseId', 'fileId', 'noticeId', 'job', 'state', 'count', 'bytes', 'milliseconds', 'port'] as const;
const MAX_VALUE_CHARACTERS = 200;

/** Only allowed fields, only scalars, no line breaks; an error becomes its class, code and the places in our code it came through. */
export function allowedFields(fields: LogFields): Record<string, string | number> {
  const out: Record<string, string | number> = {};
  for (const name of LOG_FIELDS) {
    const value = fields[name];
    if (typeof value === 'number') out[name] = value;
    else if (typeof value === 'string') out[name] = value.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, MAX_VALUE_CHARACTERS);
  }
  if (fields.error instanceof Error) {
    out.errorName = fields.error.name.slice(0, 80);
    const code = 'code' in fields.error ? fields.error.code : undefined;
    if (typeof code === 'string') out.errorCode = code.slice(0, 40);
    out.at = stackPlaces(fields.error);
  }
  return out;
}

/** The first frames of a stack as `file:line`, without the message, which may quote input. */
function stackPlaces(error: Error): string {
  const frames = (error.stack ?? '').replace(error.message, '');
  const places = [...frames.matchAll(/^\s+at (?:.*[\s(/\\])?([^\s()/\\]+):(\d+):\d+\)?$/gm)].slice(0, 6);
  return places.map(([, file, line]) => `${file}:${line}`).join(' < ');
}

type Book = 'portal' | 'security';
type Level = 'debug' | 'info' | 'warn' | 'error';
const books = new Map<Book, Logger>();

/** Where the logs of this portal lie. */
export function logFolder(): string {
  return path.join(getEnv().AIRLOCK_DATA_DIR, 'logs');
}

function openBook(name: Book): Logger {
  const known = books.get(name);
  if (known) return known;
  // What concerns security is kept whatever LOG_LEVEL says.
  const level = name === 'security' ? 'info' : getEnv().LOG_LEVEL;
  const book = pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, new RotatingFile({ folder: logFolder(), name, ending: 'jsonl' }));
  books.set(name, book);
  return book;
}

/** Writes one line. `event` is a fixed kebab-case name from our code, never text from outside. */
export function log(level: Level, event: string, fields: LogFields = {}): void {
  openBook('portal')[level](allowedFields(fields), event);
}

/** Writes one line into the file of security events: sign-ins, refusals, changes of accounts and keys. */
export function logSecurity(level: 'info' | 'warn' | 'error', event: string, fields: LogFields = {}): void {
  openBook('security')[level](allowedFields(fields), event);
}
