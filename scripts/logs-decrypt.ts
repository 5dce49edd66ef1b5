import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { EnvironmentError } from '@/server/env';
import { ArchiveError, openArchive, readArchiveKey } from '@/server/log/archive-cipher';

/** Archived logs in the clear, on the standard output. Needs nothing of the portal but the key. */
const USAGE = `npm run --silent logs:decrypt -- <file>...
Files of AIRLOCK_DATA_DIR/logs/archive: *.gz.enc with the key in LOG_ARCHIVE_KEY_FILE, and *.gz.`;

class UsageError extends Error {}

async function print(file: string): Promise<void> {
  const isSealed = file.endsWith('.enc');
  const key = isSealed ? readArchiveKey(process.env.LOG_ARCHIVE_KEY_FILE ?? '') : undefined;
  const plain = (stream: AsyncIterable<Buffer>) => (key ? openArchive(stream, key) : stream);
  await pipeline(createReadStream(file), plain, createGunzip(), process.stdout, { end: false });
}

function explain(error: unknown): string {
  if (error instanceof UsageError || error instanceof EnvironmentError || error instanceof ArchiveError) return error.message;
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'There is no such file.' : 'The file is not a log that the portal archived.';
}

const files = process.argv.slice(2);
try {
  if (files.length === 0) throw new UsageError(USAGE);
  for (const file of files) await print(file);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
