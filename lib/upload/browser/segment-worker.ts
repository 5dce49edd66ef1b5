import { createCompressor } from '../compress/create-compressor';
import { hashSlice, prepareSegment } from '../compress/prepare-segment';
import type { SourceFile } from '../ports';
import { FileUnreadableError } from '../upload-errors';
import { readBlob } from './browser-file';
import type { FromSegmentWorker, ToSegmentWorker } from './segment-messages';

/** The worker that reads, compresses and hashes segments, one at a time. */

const compressor = createCompressor();

function sourceOf(blob: Blob): SourceFile {
  return { name: '', sizeBytes: blob.size, lastModifiedMs: 0, read: (start, end) => readBlob(blob, start, end) };
}

async function work(job: ToSegmentWorker): Promise<FromSegmentWorker> {
  const slice = { source: sourceOf(job.blob), start: job.start, end: job.end };
  try {
    if (job.type === 'hash') return { type: 'hashed', rawSha256: await hashSlice(await compressor, slice) };
    const { encoding, level } = job;
    return { type: 'prepared', segment: await prepareSegment(await compressor, { ...slice, encoding, level }, () => performance.now()) };
  } catch (cause) {
    return { type: 'failed', reason: cause instanceof FileUnreadableError ? 'file-unreadable' : 'worker-failed' };
  }
}

self.onmessage = async ({ data }: MessageEvent<ToSegmentWorker>) => {
  const answer = await work(data);
  self.postMessage(answer, { transfer: answer.type === 'prepared' ? [answer.segment.body] : [] });
};
