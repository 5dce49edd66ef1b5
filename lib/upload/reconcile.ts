import type { FileStatusResponse } from '@/domain/contracts';
import type { FileState } from '@/domain/file-states';
import { MAX_SEGMENTS_PER_CALL } from '@/domain/limits';
import type { EngineContext } from './engine-context';
import { callPortal, type FileSignals } from './portal-calls';
import type { SourceFile } from './ports';
import { segmentCount, sliceOf } from './segment-plan';
import { PortalError, uploadFailure } from './upload-errors';
import { childSignal, takeAll } from './waiting';

const COMPLETE: readonly FileState[] = ['stored', 'verified', 'analysed', 'quarantined'];
const GOING_ON: readonly FileState[] = ['reserved', 'uploading'];

export type StoredSegment = { readonly index: number; readonly rawSizeBytes: number; readonly rawSha256: string };
export type Reconciled =
  | { readonly isComplete: true; readonly receiptUrl: string | null }
  | { readonly isComplete: false; readonly status: FileStatusResponse; readonly stored: readonly StoredSegment[] };

/**
 * What the portal holds of a file. Segments that were announced and perhaps sent, without an answer, are looked for first, so
 * that none is made and announced anew that storage holds already.
 * @throws UploadFailure `no_longer_open` where the file was ended
 */
export async function readLedger(context: EngineContext, file: FileSignals, fileId: string): Promise<Reconciled> {
  const status = await callPortal(context, file, (signal) => context.portal.fileStatus(fileId, signal));
  if (COMPLETE.includes(status.state)) return { isComplete: true, receiptUrl: status.receiptUrl };
  if (!GOING_ON.includes(status.state)) throw uploadFailure('no_longer_open');

  const found = new Set(await lookFor(context, file, fileId, status.segments.filter((segment) => segment.state === 'announced').map((segment) => segment.index)));
  const stored = status.segments.filter((segment) => segment.state === 'stored' || found.has(segment.index));
  return { isComplete: false, status, stored };
}

async function lookFor(context: EngineContext, file: FileSignals, fileId: string, indexes: readonly number[]): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < indexes.length; at += MAX_SEGMENTS_PER_CALL) {
    const batch = indexes.slice(at, at + MAX_SEGMENTS_PER_CALL);
    try {
      const answer = await callPortal(context, file, (signal) => context.portal.confirmSegments(fileId, { indexes: batch }, signal));
      found.push(...answer.stored);
    } catch (cause) {
      // What differs was removed by the portal; the rest of the batch is settled when it is presigned or sent.
      if (!(cause instanceof PortalError) || cause.problem.code !== 'segment_mismatch') throw cause;
    }
  }
  return found;
}

export interface Comparison {
  readonly source: SourceFile;
  readonly status: FileStatusResponse;
  readonly stored: readonly StoredSegment[];
  /** Raw hashes computed since the file was chosen; these slices are not read again. */
  readonly known: ReadonlyMap<number, string>;
  readonly onCompared: (segment: StoredSegment) => void;
}

/**
 * Compares the chosen file with what is stored, segment by segment.
 * @throws UploadFailure `file_differs`, `file_changed`
 */
export async function compareWithStored(context: EngineContext, file: FileSignals, comparison: Comparison): Promise<void> {
  const { source, status } = comparison;
  if (status.sizeBytes !== null && status.sizeBytes !== source.sizeBytes) {
    throw uploadFailure(status.name === null || status.name === source.name ? 'file_changed' : 'file_differs');
  }
  const all = childSignal(file.signal);
  const compareNext = async (rest: Iterator<StoredSegment>) => {
    for (let next = rest.next(); !next.done; next = rest.next()) await compareOne(context, all.signal, comparison, next.value);
  };
  try {
    const rest = comparison.stored[Symbol.iterator]();
    const lanes = Array.from({ length: context.workers.concurrency }, () => compareNext(rest));
    for (const lane of lanes) lane.catch((cause: unknown) => all.abort(cause));
    await Promise.allSettled(lanes);
    all.signal.throwIfAborted();
  } finally {
    all.dispose();
  }
}

async function compareOne(context: EngineContext, signal: AbortSignal, { source, status, known, onCompared }: Comparison, segment: StoredSegment): Promise<void> {
  if (segment.index > segmentCount(source.sizeBytes, status.segmentBytes)) throw uploadFailure('file_changed');
  const slice = sliceOf(source.sizeBytes, status.segmentBytes, segment.index);
  if (slice.end - slice.start !== segment.rawSizeBytes) throw uploadFailure('file_changed');
  if (known.get(segment.index) !== segment.rawSha256) {
    const shares = await takeAll([[context.memory, segment.rawSizeBytes], [context.compressSlots, 1]], signal);
    try {
      if ((await context.workers.hash({ source, ...slice }, signal)) !== segment.rawSha256) throw uploadFailure('file_changed');
    } finally {
      for (const share of shares) share.release();
    }
  }
  signal.throwIfAborted();
  onCompared(segment);
}
