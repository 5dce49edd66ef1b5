import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { COLLECTIONS } from '@/tests/fixtures/heap-content';
import { writeHprof } from '@/tests/fixtures/write-hprof';
import { writeLogFile } from '@/tests/fixtures/write-log-file';

/** A file to send, and what its receipt has to say of it. */
export interface BenchFile {
  readonly what: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

const SEED = 1;
const MIB = 1024 * 1024;
const GB = 1e9;

/** The file of that name, written unless it is there from before, and read once so that every run finds it in the page cache. */
async function keptFile(folder: string, what: string, name: string, sizeBytes: number, write: (path: string) => Promise<{ sha256: string }>): Promise<BenchFile> {
  const home = join(folder, `files-${sizeBytes}-${SEED}`);
  mkdirSync(home, { recursive: true });
  const path = join(home, name);
  const record = `${path}.sha256`;
  if (!existsSync(record)) writeFileSync(record, (await write(path)).sha256);
  for await (const chunk of createReadStream(path, { highWaterMark: 4 * MIB })) void chunk;
  return { what, path, sizeBytes, sha256: readFileSync(record, 'utf8') };
}

/** A heap dump like that of a service whose memory is mostly collections; about 3.4 : 1 by `gzip -6`. */
export function heapDump(folder: string, sizeBytes: number): Promise<BenchFile> {
  return keptFile(folder, 'heap dump', 'java_pid4711.hprof', sizeBytes, (path) => writeHprof(path, { sizeBytes, seed: SEED, mix: COLLECTIONS }));
}

/** A service's log; several hundred different messages; about 6 : 1 by `gzip -6`. */
export function logFile(folder: string, sizeBytes: number): Promise<BenchFile> {
  return keptFile(folder, 'log file', 'service.log', sizeBytes, (path) => writeLogFile(path, { sizeBytes, seed: SEED }));
}

/** A heap dump of one's own. */
export async function ownFile(path: string): Promise<BenchFile> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 4 * MIB })) hash.update(chunk as Buffer);
  return { what: 'heap dump of your own', path, sizeBytes: (await stat(path)).size, sha256: hash.digest('hex') };
}

/** 20 GB of which every fifth is content of `sample` and the rest holes, which are read as zeroes: memory counts, not disk. */
export async function sparseFile(folder: string, sample: BenchFile): Promise<{ path: string; sizeBytes: number }> {
  const path = join(folder, 'sparse.hprof');
  const sizeBytes = 20 * GB;
  const island = Math.min(GB / 5, sample.sizeBytes);
  const from = await open(sample.path);
  const to = await open(path, 'w', 0o600);
  try {
    const buffer = Buffer.alloc(island);
    await from.read(buffer, 0, island, 0);
    for (let at = 0; at + island <= sizeBytes; at += GB) await to.write(buffer, 0, island, at);
    await to.truncate(sizeBytes);
  } finally {
    await from.close();
    await to.close();
  }
  return { path, sizeBytes };
}

/** Bytes that do not compress, the same each time (AES in counter mode under a known key): 5.5 GB, above the 5 GiB of one PUT. */
export async function incompressibleFile(folder: string, sizeBytes = 5.5 * GB): Promise<BenchFile> {
  const path = join(folder, 'incompressible.dat');
  await rm(path, { force: true });
  const source = spawn('openssl', ['enc', '-aes-128-ctr', '-nosalt', '-K', '0'.repeat(31) + SEED, '-iv', '0'.repeat(32), '-in', '/dev/zero'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const hash = createHash('sha256');
  const file = await open(path, 'w', 0o600);
  let left = sizeBytes;
  await pipeline(source.stdout, async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      const part = chunk.subarray(0, left);
      left -= part.length;
      hash.update(part);
      yield part;
      if (left === 0) return;
    }
  }, file.createWriteStream());
  source.kill();
  return { what: 'incompressible file', path, sizeBytes, sha256: hash.digest('hex') };
}
