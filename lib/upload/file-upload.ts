import type { FileKind } from '@/domain/file-kinds';
import type { EngineContext } from './engine-context';
import { FileProgress } from './file-progress';
import { FileRun, type RunActivity } from './file-run';
import { callPortal } from './portal-calls';
import type { LedgerEntry, SourceFile } from './ports';
import { readLedger } from './reconcile';
import type { HeadStart } from './head-start';
import type { MadeBefore } from './segment-maker';
import type { FileSnapshot, UploadPhase } from './snapshot';
import { describeFailure, PortalError, type UploadProblem, uploadFailure } from './upload-errors';

export interface FileToUpload {
  readonly source: SourceFile | null;
  readonly name: string;
  readonly kind: FileKind;
  readonly sizeBytes: number;
  readonly lastModifiedMs: number;
  /** The FileRequest that the file answers. */
  readonly requestId: string | null;
  /** A file that was begun before, here or elsewhere. */
  readonly fileId: string | null;
  readonly needs: 'permission' | 'file' | null;
  readonly addedAtMs: number;
}

/** Where a file stands between its runs. `running` also while a run that was stopped still unwinds. */
type Standing = 'waiting' | 'running' | 'paused' | 'stored' | 'failed' | 'cancelled';
const STOPPED = new DOMException('The upload was stopped.', 'AbortError');

/** One file of the queue over all its runs: from being added to being stored, cancelled or removed. */
export class FileUpload {
  readonly localId: string;
  readonly #context: EngineContext;
  readonly #file: FileToUpload;
  readonly #progress: FileProgress;
  readonly #memory: MadeBefore;
  #ahead: HeadStart | null;
  #source: SourceFile | null;
  #kind: FileKind;
  #needs: FileToUpload['needs'];
  #fileId: string | null;
  #standing: Standing;
  #problem: UploadProblem | null = null;
  #receiptUrl: string | null = null;
  #segmentCount: number | null = null;
  #controller: AbortController | null = null;
  #run: Promise<void> | null = null;
  #activity: RunActivity | null = null;
  #snapshot: FileSnapshot | null = null;

  /** @param ahead what was made of the file already; its first run takes that over */
  constructor(context: EngineContext, localId: string, file: FileToUpload, ahead: HeadStart | null = null) {
    this.#context = context;
    this.#ahead = ahead;
    this.#memory = ahead?.before ?? { hashes: new Map(), levels: new Map() };
    this.localId = localId;
    this.#file = file;
    this.#source = file.source;
    this.#kind = file.kind;
    this.#needs = file.needs;
    this.#fileId = file.fileId;
    this.#standing = file.source === null ? 'paused' : 'waiting';
    this.#progress = new FileProgress(file.sizeBytes);
  }

  get isWaiting(): boolean {
    return this.#standing === 'waiting' && this.#run === null && this.#source !== null;
  }
  get isRunning(): boolean {
    return this.#run !== null;
  }
  get isOver(): boolean {
    return this.#standing === 'stored' || this.#standing === 'cancelled' || this.#standing === 'failed';
  }
  get standing(): Standing {
    return this.#standing;
  }
  get source(): SourceFile | null {
    return this.#source;
  }
  get file(): FileToUpload {
    return { ...this.#file, kind: this.#kind, source: this.#source, fileId: this.#fileId };
  }
  get entry(): LedgerEntry {
    const { name, sizeBytes, lastModifiedMs, requestId, addedAtMs } = this.#file;
    return { localId: this.localId, fileId: this.#fileId, caseReference: this.#context.caseReference, name, kind: this.#kind, sizeBytes, lastModifiedMs, requestId, addedAtMs };
  }

  /** Only before the portal has reserved the file; false afterwards. */
  setKind(kind: FileKind): boolean {
    if (this.#fileId !== null || this.#run !== null) return false;
    this.#kind = kind;
    this.#touch();
    return true;
  }
  /** Gives the file again after a reload; one of another size fails, and can be sent as a new file. */
  attach(source: SourceFile): void {
    this.#source = source;
    this.#needs = null;
    this.#memory.hashes.clear();
    this.resume();
    if (source.sizeBytes === this.#file.sizeBytes) return;
    this.#standing = 'failed';
    this.#problem = describeFailure(uploadFailure(source.name === this.#file.name ? 'file_changed' : 'file_differs'), { segments: 0, of: 1 });
    this.#touch();
  }
  need(what: 'permission' | 'file'): void {
    this.#needs = what;
    this.#touch();
  }
  pause(): void {
    if (this.#standing !== 'waiting' && this.#standing !== 'running') return;
    this.#standing = 'paused';
    this.#stop();
  }
  /** Also after a failure. */
  resume(): void {
    if (this.#source === null || (this.#standing !== 'paused' && this.#standing !== 'failed')) return;
    this.#standing = 'waiting';
    this.#problem = null;
    this.#touch();
  }
  /** Ends the upload; resolves when the portal was told, or cannot be. */
  async cancel(): Promise<void> {
    if (this.#standing === 'stored' || this.#standing === 'cancelled') return;
    this.#standing = 'cancelled';
    this.#problem = null;
    this.#stop();
    await this.#run;
    await this.#abandon();
  }

  /** Begins a run; resolves when it has ended, in whatever way. */
  start(): Promise<void> {
    this.#standing = 'running';
    this.#run = this.#runToItsEnd().finally(() => {
      this.#run = null;
      this.#controller = null;
      this.#activity = null;
      this.#progress.stopped();
      this.#touch();
    });
    this.#touch();
    return this.#run;
  }

  /** The same object until something changes. */
  snapshot(): FileSnapshot {
    this.#snapshot ??= {
      localId: this.localId,
      fileId: this.#fileId,
      name: this.#file.name,
      kind: this.#kind,
      sizeBytes: this.#file.sizeBytes,
      phase: this.#phase(),
      needs: this.#needs,
      segmentsStored: this.#progress.storedCount,
      segmentCount: this.#segmentCount,
      receiptUrl: this.#receiptUrl,
      error: this.#problem,
      ...this.#progress.numbers(this.#context.clock.now()),
    };
    return this.#snapshot;
  }
  /** The next snapshot is a new one. */
  outdate(): void {
    this.#snapshot = null;
  }

  async #runToItsEnd(): Promise<void> {
    const source = this.#source;
    if (source === null) return;
    const controller = new AbortController();
    this.#controller = controller;
    const ahead = this.#ahead;
    this.#ahead = null;
    const run = new FileRun({
      ahead,
      context: this.#context,
      signal: controller.signal,
      source,
      name: this.#file.name,
      kind: this.#kind,
      clientFileId: this.localId,
      requestId: this.#file.requestId,
      fileId: this.#fileId,
      progress: this.#progress,
      memory: this.#memory,
      onReserved: (fileId) => this.#reserved(fileId),
      onPlanned: (count) => (this.#segmentCount = count),
      changed: (urgency) => this.#touch(urgency),
    });
    this.#activity = run.activity;
    try {
      const { receiptUrl } = await run.toStored();
      this.#standing = 'stored';
      this.#receiptUrl = receiptUrl;
    } catch (cause) {
      // A run that was stopped ends with the standing that stopped it.
      if (controller.signal.aborted) return;
      this.#standing = 'failed';
      this.#problem = describeFailure(cause, { segments: this.#progress.storedCount, of: this.#segmentCount ?? 1 });
    }
  }
  #reserved(fileId: string): void {
    this.#fileId = fileId;
    void this.#context.ledger.remember(this.entry, this.#source).catch(() => undefined);
  }
  #stop(): void {
    this.#controller?.abort(STOPPED);
    this.#touch();
  }
  async #abandon(): Promise<void> {
    const fileId = this.#fileId;
    if (fileId === null) return;
    const file = { signal: new AbortController().signal, onOffline: () => undefined };
    try {
      await callPortal(this.#context, file, (signal) => this.#context.portal.abandonFile(fileId, signal));
    } catch (cause) {
      // Too late: it was completed in the moment of cancelling. The portal removes by itself what was only begun.
      const isTooLate = cause instanceof PortalError && cause.status === 409;
      const ledger = isTooLate ? await readLedger(this.#context, file, fileId).catch(() => null) : null;
      if (ledger?.isComplete) this.#standing = 'stored';
    }
    this.#touch();
  }
  #touch(urgency: 'now' | 'soon' = 'now'): void {
    this.#snapshot = null;
    this.#context.changed(urgency);
  }
  #phase(): UploadPhase {
    if (this.#standing !== 'running') return this.#standing;
    if (this.#context.signedIn.isClosed) return 'signed-out';
    const activity = this.#activity;
    if (activity === null) return 'waiting';
    if (activity.offline > 0) return 'offline';
    if (activity.checking > 0) return 'checking';
    if (activity.sending > 0) return 'sending';
    if (activity.compressing > 0) return 'compressing';
    return activity.reading > 0 ? 'reading' : 'waiting';
  }
}
