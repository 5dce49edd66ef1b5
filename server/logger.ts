import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import pino, { type Logger } from 'pino';
import { getEnv } from './env';

/**
 * The portal's log (P-LOGS): JSON lines of an allow-list of fields, files 0600 in a 0700 folder. Whatever is not listed is
 * dropped, so that a name, an address, a file name or a token cannot get in by being handed over.
 */
export type LogFields = {
  readonly reference?: string;
  readonly code?: string;
  readonly status?: number;
  readonly method?: string;
  /** The route's pattern, such as /api/v1/files/{fileId}; never the address itself. */
  readonly route?: string;
  readonly actor?: string;
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

const ALLOWED = ['reference', 'code', 'status', 'method', 'route', 'actor', 'caseId', 'fileId', 'noticeId', 'job', 'state', 'count', 'bytes', 'milliseconds', 'port'] as const;
const MAX_VALUE_CHARACTERS = 200;

/** Only allowed fields, only scalars, no line breaks; an error becomes its class, code and the places in our code it came through. */
export function allowedFields(fields: LogFields): Record<string, string | number> {
  const out: Record<string, string | number> = {};
  for (const name of ALLOWED) {
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
  const places = [...(error.stack ?? '').matchAll(/\(?([^\s()]+):(\d+):\d+\)?$/gm)].slice(0, 6);
  return places.map(([, file, line]) => `${path.basename(file ?? '')}:${line}`).join(' < ');
}

let root: Logger | undefined;

function openLog(): Logger {
  const env = getEnv();
  const folder = path.join(env.AIRLOCK_DATA_DIR, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'portal.jsonl');
  const destination = pino.destination({ dest: file, mkdir: false, sync: true, mode: 0o600 });
  chmodSync(file, 0o600);
  return pino({ level: env.LOG_LEVEL, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

type Level = 'debug' | 'info' | 'warn' | 'error';

/** Writes one line. `event` is a fixed kebab-case name from our code, never text from outside. */
export function log(level: Level, event: string, fields: LogFields = {}): void {
  root ??= openLog();
  root[level](allowedFields(fields), event);
}
