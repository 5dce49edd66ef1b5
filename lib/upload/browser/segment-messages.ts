import type { Level } from '../levels';
import type { Encoding, PreparedSegment } from '../ports';

/** One job at a time for each worker; the blob is a reference, nothing is copied. */
export type ToSegmentWorker = { readonly blob: Blob; readonly start: number; readonly end: number } & (
  | { readonly type: 'prepare'; readonly encoding: Encoding; readonly level: Level }
  | { readonly type: 'hash' }
);

export type FromSegmentWorker =
  | { readonly type: 'prepared'; readonly segment: PreparedSegment }
  | { readonly type: 'hashed'; readonly rawSha256: string }
  | { readonly type: 'failed'; readonly reason: 'file-unreadable' | 'worker-failed' };
