import type { Level } from '../levels';
import type { Encoding, PreparedSegment } from '../ports';

/** One job at a time for each worker; the blob is a reference, nothing is copied. */
export type ToSegmentWorker = { readonly blob: Blob; readonly start: number; readonly end: number } & (
  | { readonly type: 'prepare'; readonly encoding: Encoding; readonly level: Level }
  | { readonly type: 'hash' }
);

/** The answer to a job. */
export type SegmentAnswer =
  | { readonly type: 'prepared'; readonly segment: PreparedSegment }
  | { readonly type: 'hashed'; readonly rawSha256: string }
  | { readonly type: 'failed'; readonly reason: 'file-unreadable' | 'worker-failed' };

/** What a worker says: any number of times that its job goes on, then the answer. */
export type FromSegmentWorker = { readonly type: 'goes-on' } | SegmentAnswer;
