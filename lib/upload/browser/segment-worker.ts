import type { Compressor } from '../compress/compressor';
import { createCompressor } from '../compress/create-compressor';
import { hashSlice, prepareSegment } from '../compress/prepare-segment';
import type { Level } from '../levels';
import type { SourceFile } from '../ports';
import { FileUnreadableError } from '../upload-errors';
import { readBlob } from './browser-file';
import { readBlobInto } from './read-blob-into';
import type { FromSegmentWorker, SegmentAnswer, ToSegmentWorker } from './segment-messages';

/** The worker that reads, compresses and hashes segments, one at a time. */

/** Enough for a browser to compile the hot part of a WebAssembly module anew and well (V8: tier-up by work done), in a few milliseconds. */
const WARM_UP = { bytes: 64 * 1024, times: 8 };
const sample = Uint8Array.from({ length: WARM_UP.bytes }, (_, at) => ((at * at) >> 7) & 0x3f);

/**
 * A segment is one long call, and a call that has begun on slow code ends on it: the code is made fast before the first one. libdeflate
 * compresses by other functions at level 1, from 5 on, and from 10 on.
 */
async function warmUp(compressor: Compressor, level: Level): Promise<Compressor> {
  if (compressor.name === 'libdeflate') for (let time = 0; time < WARM_UP.times; time++) await compressor.gzip(sample, level);
  return compressor;
}

const compressor = createCompressor();
const warm = new Map<Level, Promise<Compressor>>();
void warmFor(1);

function warmFor(level: Level): Promise<Compressor> {
  const alike: Level = level >= 10 ? 10 : level >= 5 ? 6 : 1;
  const begun = warm.get(alike) ?? compressor.then((made) => warmUp(made, alike));
  warm.set(alike, begun);
  return begun;
}

/** Often enough for whoever waits for a sign (SILENT_WORKER_MS), and no load for the thread of the page. */
const SIGN_EVERY_MS = 1000;
let lastSignMs = -SIGN_EVERY_MS;

function goesOn(): void {
  const now = performance.now();
  if (now - lastSignMs < SIGN_EVERY_MS) return;
  lastSignMs = now;
  const sign: FromSegmentWorker = { type: 'goes-on' };
  self.postMessage(sign);
}

function sourceOf(blob: Blob): SourceFile {
  return { name: '', sizeBytes: blob.size, lastModifiedMs: 0, read: (start, end) => readBlob(blob, start, end), readInto: (start, end, target) => readBlobInto(blob, start, end, target, goesOn) };
}

async function work(job: ToSegmentWorker): Promise<SegmentAnswer> {
  const slice = { source: sourceOf(job.blob), start: job.start, end: job.end };
  try {
    if (job.type === 'hash') return { type: 'hashed', rawSha256: await hashSlice(await compressor, slice) };
    const { encoding, level } = job;
    return { type: 'prepared', segment: await prepareSegment(await warmFor(level), { ...slice, encoding, level }, () => performance.now()) };
  } catch (cause) {
    return { type: 'failed', reason: cause instanceof FileUnreadableError ? 'file-unreadable' : 'worker-failed' };
  }
}

self.onmessage = async ({ data }: MessageEvent<ToSegmentWorker>) => {
  const answer = await work(data);
  self.postMessage(answer, { transfer: answer.type === 'prepared' ? [answer.segment.body] : [] });
  // The first segment is under way by now, and whether the link is slow is known soon.
  if (data.type === 'prepare') await warmFor(6);
};
