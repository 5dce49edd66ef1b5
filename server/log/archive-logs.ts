import { constants, createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { randomUUID } from 'node:crypto';
import { DAY_MS } from '@/domain/durations';
import { readArchiveKey, sealArchive } from './archive-cipher';
import { ARCHIVE, formatLogName, highestNumber, LOG_KEPT_DAYS, LOG_MAX_BYTES, logDay, type LogName, parseLogName } from './log-names';
import { filesIn } from './rotating-file';

/** A process may have opened the file a moment before it was finished. */
const GRACE_MS = 5 * 60_000;
/** Files of earlier versions, whose names said no day, and what PostgreSQL itself writes. */
const PLAIN = /^([a-z][a-z-]{0,30})\.(jsonl|log)(?:\.1)?$/;
const DRAFT = /\.part$/;
/** The embedded PostgreSQL keeps one file open and begins each line with the day. */
const HELD_OPEN = 'postgres.log';

type Finished = { readonly file: string; readonly as: LogName };
export type ArchiveOptions = { readonly folder: string; readonly now: Date; /** LOG_ARCHIVE_KEY_FILE; without it archives are only compressed. */ readonly keyFile?: string; readonly keptDays?: number };

/**
 * Compresses the logs that are finished, encrypts them where a key is set, and removes those past their time (P-LOGS: 30 days). Safe to run in
 * several processes at once and to be killed anywhere: a source goes once its archive is whole. Throws where the key cannot be read; what
 * is past its time goes all the same, and nothing is archived in the clear.
 */
export async function archiveLogs({ folder, now, keyFile, keptDays = LOG_KEPT_DAYS }: ArchiveOptions): Promise<{ archived: number; removed: number }> {
  const archive = path.join(folder, ARCHIVE);
  await mkdir(archive, { recursive: true, mode: 0o700 });
  const removed = (await removeOld(folder, now, keptDays)) + (await removeOld(archive, now, keptDays));
  const key = keyFile ? readArchiveKey(keyFile) : undefined;
  await letGo(folder, archive, now);
  let archived = 0;
  for (const { file, as } of await findFinished(folder, archive, now)) {
    if (await archiveOne(path.join(folder, file), path.join(archive, `${formatLogName(as)}.gz${key ? '.enc' : ''}`), key)) archived += 1;
  }
  return { archived, removed };
}

async function removeOld(folder: string, now: Date, keptDays: number): Promise<number> {
  const oldest = logDay(new Date(now.getTime() - keptDays * DAY_MS));
  let removed = 0;
  for (const file of filesIn(folder)) {
    const day = parseLogName(file)?.day;
    const isDraft = DRAFT.test(file) && (await ageOf(path.join(folder, file), now)) > DAY_MS;
    if (!isDraft && (day === undefined || day >= oldest)) continue;
    await rm(path.join(folder, file), { force: true });
    removed += 1;
  }
  return removed;
}

async function findFinished(folder: string, archive: string, now: Date): Promise<Finished[]> {
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);
  const finished: Finished[] = [];
  for (const file of files.sort()) {
    const age = await ageOf(path.join(folder, file), now);
    const parsed = parseLogName(file);
    if (parsed) {
      const isOver = parsed.day < logDay(now) || highestNumber(files, parsed.name, parsed.day) > parsed.number;
      if (isOver && age > GRACE_MS) finished.push({ file, as: parsed });
    } else if (PLAIN.test(file) && file !== HELD_OPEN && age > DAY_MS) {
      const as = await plainName(path.join(folder, file), [...files, ...filesIn(archive), ...finished.map((one) => formatLogName(one.as))]);
      if (as) finished.push({ file, as });
    }
  }
  return finished;
}

/** A file without a day is filed under the day of its last line. */
async function plainName(file: string, taken: readonly string[]): Promise<LogName | null> {
  const [, name, ending] = PLAIN.exec(path.basename(file)) ?? [];
  const found = await stat(file).catch(() => null);
  if (!name || !ending || !found) return null;
  const day = logDay(found.mtime);
  return { name, day, number: highestNumber(taken, name, day) + 1, ending: ending as LogName['ending'] };
}

async function ageOf(file: string, now: Date): Promise<number> {
  const found = await stat(file).catch(() => null);
  return found ? now.getTime() - found.mtimeMs : 0;
}

/** What PostgreSQL holds open cannot be renamed: it is copied and emptied once a day, or when it is large; it writes on at the end. */
async function letGo(folder: string, archive: string, now: Date): Promise<void> {
  const file = path.join(folder, HELD_OPEN);
  const found = await stat(file).catch(() => null);
  if (!found || found.size === 0) return;
  const day = (await firstDay(file)) ?? logDay(now);
  if (day === logDay(now) && found.size < LOG_MAX_BYTES) return;
  const number = highestNumber([...filesIn(folder), ...filesIn(archive)], 'postgres', day) + 1;
  const copy = path.join(folder, formatLogName({ name: 'postgres', day, number, ending: 'log' }));
  // Another process may be at it with the same number, and empties the file once its copy is made.
  const isOurs = await copyFile(file, copy, constants.COPYFILE_EXCL).then(() => true, notIf('EEXIST'));
  if (isOurs) await truncate(file, 0);
}

/** False for a failure of this code; any other is thrown on. */
function notIf(code: string): (error: unknown) => false {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return false;
    throw error;
  };
}

async function firstDay(file: string): Promise<string | undefined> {
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return /^(\d{4}-\d{2}-\d{2}) /m.exec(buffer.toString('latin1'))?.[1];
  } finally {
    await handle.close();
  }
}

/** False where another process was faster. */
async function archiveOne(source: string, target: string, key: Buffer | undefined): Promise<boolean> {
  const draft = `${target}.${randomUUID()}.part`;
  try {
    const to = createWriteStream(draft, { mode: 0o600, flags: 'wx' });
    if (key) await pipeline(createReadStream(source), createGzip(), (stream: AsyncIterable<Buffer>) => sealArchive(stream, key), to);
    else await pipeline(createReadStream(source), createGzip(), to);
    await rename(draft, target);
    await rm(source);
    return true;
  } catch (error) {
    await rm(draft, { force: true });
    return notIf('ENOENT')(error);
  }
}
