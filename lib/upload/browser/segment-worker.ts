import { createCompressor } from '../compress/create-compressor';
import { hashSlice, prepareSegment } from '../compress/prepare-segment';
import { WarmCompressor } from '../compress/warm-compressor';
import type { SourceFile } from '../ports';
import { FileUnreadableError } from '../upload-errors';
import { readBlob } from './browser-file';
import { readBlobInto } from './read-blob-into';
import type { FromSegmentWorker, SegmentAnswer, ToSegmentWorker } from './segment-messages';

/** The worker that reads, compresses and hashes segments, one at a time. */

const compressor = new WarmCompressor(createCompressor());
void compressor.warm(1);

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
    if (job.type === 'hash') return { type: 'hashed', rawSha256: await compressor.use(null, (made) => hashSlice(made, slice)) };
    const { encoding, level } = job;
    return { type: 'prepared', segment: await compressor.use(level, (made) => prepareSegment(made, { ...slice, encoding, level }, () => performance.now())) };
  } catch (cause) {
    return { type: 'failed', reason: cause instanceof FileUnreadableError ? 'file-unreadable' : 'worker-failed' };
  }
}

self.onmessage = async ({ data }: MessageEvent<ToSegmentWorker>) => {
  const answer = await work(data);
  self.postMessage(answer, { transfer: answer.type === 'prepared' ? [answer.segment.body] : [] });
  // The first segment is under way by now, and whether the link is slow is known soon.
  if (data.type === 'prepare') await compressor.warm(6);
};
