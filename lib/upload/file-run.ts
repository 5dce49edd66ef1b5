import type { FileStatusResponse } from '@/domain/contracts';
import type { FileKind } from '@/domain/file-kinds';
import { GZIP_HEAD_BYTES, sniffEncoding } from './compress/gzip-sniff';
import { Confirmer } from './confirmer';
import type { EngineContext } from './engine-context';
import type { FileProgress } from './file-progress';
import type { Level } from './levels';
import { callPortal, type FileSignals } from './portal-calls';
import type { Encoding, PreparedSegment, SourceFile } from './ports';
import { compareWithStored, readLedger } from './reconcile';
import { chooseSegmentBytes, fitsSegments, segmentCount, type Slice, sliceOf } from './segment-plan';
import { sendSegment } from './send-segment';
import { TaskGroup } from './task-group';
import { PortalError, uploadFailure, WorkerFailedError } from './upload-errors';
import { Budget, type Share, takeAll } from './waiting';

/** How many of a file's segments are in each step; `offline` counts those that wait for the network. */
export type RunActivity = { reading: number; compressing: number; sending: number; checking: number; offline: number };

export interface FileRunInput {
  readonly context: EngineContext;
  readonly signal: AbortSignal;
  readonly source: SourceFile;
  readonly name: string;
  readonly kind: FileKind;
  readonly clientFileId: string;
  readonly requestId: string | null;
  /** Null where the file is not reserved yet. */
  readonly fileId: string | null;
  readonly progress: FileProgress;
  readonly memory: { readonly hashes: Map<number, string>; readonly levels: Map<number, Level> };
  readonly onReserved: (fileId: string) => void;
  readonly onPlanned: (segmentCount: number) => void;
  readonly changed: (urgency: 'now' | 'soon') => void;
}

type Room = { readonly memory: Share; readonly worker: Share; /** It had to be waited for. */ readonly isAhead: boolean; readonly release: () => void };
type Plan = { fileId: string; segmentBytes: number; maxParallel: number; encoding: Encoding; todo: readonly number[]; count: number };

/** A segment may be prepared again so often after a worker died. */
const MAX_WORKER_FAILURES = 2;
/** So often the portal may find segments missing at the end. */
const MAX_ROUNDS = 3;

/** One go at bringing a file to *stored*; a pause, a failure or a reload is followed by another run. */
export class FileRun {
  readonly activity: RunActivity = { reading: 0, compressing: 0, sending: 0, checking: 0, offline: 0 };
  readonly #input: FileRunInput;
  readonly #signals: FileSignals;
  readonly #taken = new Set<keyof RunActivity>();
  #fileId: string | null;

  constructor(input: FileRunInput) {
    this.#input = input;
    this.#signals = this.#withSignal(input.signal);
    this.#fileId = input.fileId;
  }

  /** Resolves when the portal says that the file is stored. */
  async toStored(): Promise<{ receiptUrl: string | null }> {
    try {
      return await this.#sendWhatIsMissing();
    } catch (cause) {
      if (this.#fileId === null || !(cause instanceof PortalError) || cause.problem.code !== 'file_wrong_state') throw cause;
      // Another tab or machine went on with the same file, and came to its end first.
      const ledger = await readLedger(this.#input.context, this.#signals, this.#fileId);
      if (!ledger.isComplete) throw cause;
      return { receiptUrl: ledger.receiptUrl };
    }
  }

  async #sendWhatIsMissing(): Promise<{ receiptUrl: string | null }> {
    const { context, fileId, onPlanned } = this.#input;
    const plan = fileId === null ? await this.#reserve() : await this.#pickUp(fileId);
    if ('receiptUrl' in plan) return plan;
    onPlanned(plan.count);
    let todo = plan.todo;
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      await this.#sendAll(plan, todo);
      const end = await this.#during('checking', () => this.#complete(context, plan));
      if ('receiptUrl' in end) return end;
      todo = end.missing;
      for (const index of todo) {
        const { start, end: until } = this.#slice(plan, index);
        this.#input.progress.lost(index, until - start);
      }
    }
    throw uploadFailure('not_confirmed');
  }

  async #reserve(): Promise<Plan> {
    const { context, source, name, kind, clientFileId, requestId, onReserved } = this.#input;
    const segmentBytes = chooseSegmentBytes(source.sizeBytes, context.uplink.bytesPerSecond());
    if (!fitsSegments(source.sizeBytes, segmentBytes)) throw uploadFailure('too_many_segments');
    const encoding = await this.#during('reading', async () => sniffEncoding(await source.read(0, Math.min(GZIP_HEAD_BYTES, source.sizeBytes))));
    const request = { name, kind, sizeBytes: source.sizeBytes, encoding, segmentBytes, clientFileId, ...(requestId === null ? {} : { requestId }) };
    const reserved = await callPortal(context, this.#signals, (signal) => context.portal.reserveFile(context.caseReference, request, signal));
    this.#fileId = reserved.fileId;
    onReserved(reserved.fileId);
    return this.#plan({ ...reserved, encoding }, new Set());
  }

  /** The receipt's address where nothing is left to do. */
  async #pickUp(fileId: string): Promise<Plan | { receiptUrl: string | null }> {
    const { context, source, progress, memory, changed } = this.#input;
    progress.restart();
    return this.#during('reading', async () => {
      const ledger = await readLedger(context, this.#signals, fileId);
      if (ledger.isComplete) return { receiptUrl: ledger.receiptUrl };
      const { status, stored } = ledger;
      await compareWithStored(context, this.#signals, {
        source,
        status,
        stored,
        known: memory.hashes,
        onCompared: ({ index, rawSizeBytes, rawSha256 }) => {
          memory.hashes.set(index, rawSha256);
          progress.foundStored(index, rawSizeBytes);
          changed('soon');
        },
      });
      return this.#plan(status, new Set(stored.map((segment) => segment.index)));
    });
  }

  #plan(file: Pick<FileStatusResponse, 'fileId' | 'segmentBytes' | 'maxParallel' | 'encoding'>, stored: ReadonlySet<number>): Plan {
    const count = segmentCount(this.#input.source.sizeBytes, file.segmentBytes);
    const todo = Array.from({ length: count }, (_, position) => position + 1).filter((index) => !stored.has(index));
    const { fileId, segmentBytes, maxParallel, encoding } = file;
    return { fileId, segmentBytes, maxParallel, encoding, todo, count };
  }

  /** Prepares in order and sends in parallel; waits before each segment until there is memory and a worker for it. */
  async #sendAll(plan: Plan, todo: readonly number[]): Promise<void> {
    const { context, signal } = this.#input;
    const group = new TaskGroup(signal);
    const signals = this.#withSignal(group.signal);
    const lane = { signals, filePutSlots: new Budget(Math.max(1, plan.maxParallel)), confirmer: new Confirmer(context, plan.fileId, signals) };
    try {
      for (const index of todo) {
        const slice = this.#slice(plan, index);
        const held = await this.#room(slice, group.signal);
        group.add(this.#prepareAndSend(plan, slice, lane, held).finally(held.release));
      }
    } catch (cause) {
      group.fail(cause);
    }
    await group.ended().finally(() => lane.confirmer.stop());
  }

  /** A place in the pipeline, memory for the whole slice, and a worker. */
  async #room(slice: Slice, signal: AbortSignal): Promise<Room> {
    const { pipeline, memory, compressSlots } = this.#input.context;
    const isAhead = pipeline.isFull;
    const shares = await takeAll([[pipeline, 1], [memory, slice.end - slice.start], [compressSlots, 1]], signal);
    const [, ofMemory, worker] = shares as [Share, Share, Share];
    return { memory: ofMemory, worker, isAhead, release: () => shares.forEach((share) => share.release()) };
  }

  async #prepareAndSend(
    plan: Plan,
    slice: Slice,
    lane: { signals: FileSignals; filePutSlots: Budget; confirmer: Confirmer },
    held: Room,
  ): Promise<void> {
    const { context, progress, changed } = this.#input;
    const { index } = slice;
    const segment = await this.#during('compressing', () => this.#prepare(plan, slice, held.isAhead, lane.signals.signal)).finally(held.worker.release);
    held.memory.shrinkTo(segment.sizeBytes);
    progress.made(index, segment);
    const onProgress = (sentBytes: number) => {
      progress.sent(index, sentBytes, context.clock.now());
      changed('soon');
    };
    const { filePutSlots, confirmer } = lane;
    await this.#during('sending', () => sendSegment(context, lane.signals, { fileId: plan.fileId, index, segment, filePutSlots, confirmer, onProgress }));
    progress.stored(index, context.clock.now());
    changed('soon');
  }

  async #prepare(plan: Plan, slice: Slice, isAhead: boolean, signal: AbortSignal): Promise<PreparedSegment> {
    const { context, source, memory } = this.#input;
    // The same level as before, if there was a before: the same segment must be the same bytes.
    const level = memory.levels.get(slice.index) ?? context.levels.choose(context.workers.concurrency, context.uplink.bytesPerSecond(), isAhead);
    for (let failures = 0; ; failures++) {
      try {
        const segment = await context.workers.prepare({ source, start: slice.start, end: slice.end, encoding: plan.encoding, level }, signal);
        const before = memory.hashes.get(slice.index);
        if (before !== undefined && before !== segment.rawSha256) throw uploadFailure('file_changed');
        memory.hashes.set(slice.index, segment.rawSha256);
        memory.levels.set(slice.index, level);
        if (segment.method === 'deflated') context.levels.note({ level, rawBytes: segment.rawSizeBytes, bytes: segment.sizeBytes, elapsedMs: segment.elapsedMs });
        return segment;
      } catch (cause) {
        if (!(cause instanceof WorkerFailedError) || failures >= MAX_WORKER_FAILURES) throw cause;
      }
    }
  }

  async #complete(context: EngineContext, plan: Plan): Promise<{ receiptUrl: string } | { missing: readonly number[] }> {
    try {
      const { receiptUrl } = await callPortal(context, this.#signals, (signal) => context.portal.completeFile(plan.fileId, { segmentCount: plan.count }, signal));
      return { receiptUrl };
    } catch (cause) {
      if (!(cause instanceof PortalError) || cause.problem.code !== 'segments_missing') throw cause;
      const missing = (cause.problem.missing ?? []).filter((index) => index >= 1 && index <= plan.count);
      if (missing.length === 0) throw cause;
      return { missing };
    }
  }

  #slice(plan: Plan, index: number): Slice {
    return sliceOf(this.#input.source.sizeBytes, plan.segmentBytes, index);
  }
  #withSignal(signal: AbortSignal): FileSignals {
    return {
      signal,
      onOffline: (change) => {
        this.activity.offline += change;
        this.#input.changed('now');
      },
    };
  }
  /** A step is told at once when it is first taken. Later ones take turns many times a second: nobody could read each, and drawing them costs time. */
  async #during<T>(step: keyof RunActivity, work: () => Promise<T>): Promise<T> {
    this.activity[step] += 1;
    this.#input.changed(this.#taken.has(step) ? 'soon' : 'now');
    this.#taken.add(step);
    try {
      return await work();
    } finally {
      this.activity[step] -= 1;
      this.#input.changed('soon');
    }
  }
}
