import type { FileStatusResponse } from '@/domain/contracts';
import type { FileKind } from '@/domain/file-kinds';
import { Confirmer } from './confirmer';
import type { EngineContext } from './engine-context';
import type { FileProgress } from './file-progress';
import { encodingOf, HeadStart } from './head-start';
import { callPortal, type FileSignals } from './portal-calls';
import type { Encoding, SourceFile } from './ports';
import { Presigner } from './presigner';
import { compareWithStored, readLedger } from './reconcile';
import { forgetSegments, type MadeBefore, type Making, SegmentMaker } from './segment-maker';
import { fitsSegments, segmentCount, type Slice, sliceOf } from './segment-plan';
import { type SegmentSending, sendSegment } from './send-segment';
import { TaskGroup } from './task-group';
import { PortalError, uploadFailure } from './upload-errors';
import { abortable, Budget } from './waiting';

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
  readonly memory: MadeBefore;
  /** What was made before the run began, if anything. */
  readonly ahead: HeadStart | null;
  readonly onReserved: (fileId: string) => void;
  readonly onPlanned: (segmentCount: number) => void;
  readonly changed: (urgency: 'now' | 'soon') => void;
}

type Plan = { fileId: string; segmentBytes: number; maxParallel: number; encoding: Encoding; todo: readonly number[]; count: number };

/** What the segments of one file share while they are sent. */
type Lane = { readonly signals: FileSignals } & Pick<SegmentSending, 'filePutSlots' | 'confirmer' | 'presigner'>;

/** So often the portal may find segments missing at the end. */
const MAX_ROUNDS = 3;

/** One go at bringing a file to *stored*; a pause, a failure or a reload is followed by another run. */
export class FileRun {
  readonly activity: RunActivity = { reading: 0, compressing: 0, sending: 0, checking: 0, offline: 0 };
  readonly #input: FileRunInput;
  readonly #signals: FileSignals;
  readonly #taken = new Set<keyof RunActivity>();
  readonly #maker: SegmentMaker;
  readonly #ahead: HeadStart;
  #fileId: string | null;

  constructor(input: FileRunInput) {
    this.#input = input;
    this.#signals = this.#withSignal(input.signal);
    this.#fileId = input.fileId;
    const { context, source, memory } = input;
    this.#maker = new SegmentMaker({ context, source, before: memory, during: (work) => this.#during('compressing', work) });
    this.#ahead = input.ahead ?? new HeadStart(context, source, memory);
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
    } finally {
      this.#ahead.end();
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
    const { context, signal, source, name, kind, clientFileId, requestId, onReserved, memory } = this.#input;
    const segmentBytes = context.limits.chooseSegmentBytes(source.sizeBytes, context.uplink.bytesPerSecond());
    if (!fitsSegments(source.sizeBytes, segmentBytes)) throw uploadFailure('too_many_segments');
    const encoding = await this.#during('reading', () => encodingOf(source));
    if (!this.#ahead.isCut({ segmentBytes, encoding })) {
      // What an earlier run made before it got a reservation may have been cut in another way.
      this.#ahead.end();
      forgetSegments(memory);
      // Where other files are under way, nothing is idle that could be used.
      if (context.pipeline.used === 0) this.#ahead.begin({ segmentBytes, encoding }, signal, (work) => this.#during('compressing', work));
    }
    const request = { name, kind, sizeBytes: source.sizeBytes, encoding, segmentBytes, clientFileId, ...(requestId === null ? {} : { requestId }) };
    const reserved = await callPortal(context, this.#signals, (signal) => context.portal.reserveFile(context.caseReference, request, signal));
    if (reserved.segmentBytes !== segmentBytes) {
      // Reserved before, and cut in another way.
      this.#ahead.end();
      forgetSegments(memory);
    }
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
    const lane: Lane = {
      signals,
      filePutSlots: new Budget(Math.max(1, plan.maxParallel)),
      confirmer: new Confirmer(context, plan.fileId, signals),
      presigner: new Presigner(context, plan.fileId, signals, () => this.activity.compressing > 0),
    };
    try {
      for (const index of todo) {
        const making = await (this.#ahead.take(index) ?? this.#maker.begin(this.#slice(plan, index), plan.encoding, group.signal));
        group.add(this.#send(index, lane, making).finally(making.release));
      }
    } catch (cause) {
      group.fail(cause);
    }
    await group.ended().finally(() => lane.confirmer.stop());
  }

  async #send(index: number, lane: Lane, making: Making): Promise<void> {
    const { context, progress, changed } = this.#input;
    const segment = await abortable(making.segment, lane.signals.signal);
    progress.made(index, segment);
    const onProgress = (sentBytes: number) => {
      progress.sent(index, sentBytes, context.clock.now());
      changed('soon');
    };
    await this.#during('sending', () => sendSegment(context, lane.signals, { ...lane, index, segment, onProgress }));
    progress.stored(index, context.clock.now());
    changed('soon');
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
