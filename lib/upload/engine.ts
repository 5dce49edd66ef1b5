import type { FileKind } from '@/domain/file-kinds';
import { AdaptiveLevel } from './compress/adaptive-level';
import { DEFAULT_LIMITS, type EngineContext, type EngineLimits, type EnginePorts } from './engine-context';
import { FileUpload, type FileToUpload } from './file-upload';
import type { HeadStart } from './head-start';
import { ExpectedFile } from './expected-file';
import { Pipeline } from './pipeline';
import type { SourceFile } from './ports';
import type { QueueSnapshot } from './snapshot';
import { UplinkMeter } from './uplink-meter';
import { Budget, Gate } from './waiting';

/** Progress is told at most this often; a change of phase is told at once. */
const TELL_EVERY_MS = 200;

export interface AddFile {
  readonly source: SourceFile;
  readonly kind: FileKind;
  /** The FileRequest that this file answers. */
  readonly requestId?: string;
  /** Goes on with a file that was begun elsewhere; its stored segments are compared and not sent again. */
  readonly fileId?: string;
}

/**
 * The upload queue of one case: several files, one shared budget of workers, memory and PUTs in flight. `subscribe` and
 * `getSnapshot` suit React's `useSyncExternalStore`. No method throws for what a network, a portal or a file may do; each
 * file tells in its snapshot.
 */
export class UploadQueue {
  readonly #context: EngineContext;
  readonly #listeners = new Set<() => void>();
  readonly #cancelled = new Set<string | null>();
  readonly #expected: ExpectedFile;
  #files: FileUpload[] = [];
  #snapshot: QueueSnapshot | null = null;
  #tellLater: (() => void) | null = null;
  #restoring: Promise<void> | null = null;
  #isRestored = false;

  constructor(ports: EnginePorts, caseReference: string, limits: EngineLimits = DEFAULT_LIMITS) {
    this.#context = {
      ...ports,
      limits,
      caseReference,
      pipeline: new Pipeline(ports.clock, { unknown: ports.workers.concurrency + 1, known: limits.parallelPuts + limits.queuedSegments, slow: limits.parallelPuts + limits.queuedOnSlowLink }),
      memory: new Budget(limits.memoryBytes),
      compressSlots: new Budget(ports.workers.concurrency),
      putSlots: new Budget(limits.parallelPuts),
      signedIn: new Gate(),
      uplink: new UplinkMeter(ports.clock),
      levels: new AdaptiveLevel(),
      changed: (urgency) => this.#changed(urgency),
    };
    this.#expected = new ExpectedFile(this.#context);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes. */
  getSnapshot = (): QueueSnapshot => {
    this.#snapshot ??= {
      files: this.#files.map((file) => file.snapshot()),
      isBusy: this.#files.some((file) => file.isRunning || file.isWaiting),
      isSignedOut: this.#context.signedIn.isClosed,
      isRestored: this.#isRestored,
    };
    return this.#snapshot;
  };

  /** Files were chosen and may be added soon: what is slow to start is started now. */
  wake(): void {
    this.#context.workers.wake();
    this.#context.transport.wake();
  }
  /** This file will probably be added next: while nothing else is to be done, its first segments are made. Null where none will be. */
  expect(source: SourceFile | null): void {
    this.#expected.set(this.#files.some((file) => file.isRunning || file.isWaiting) ? null : source);
  }

  /** Queues a file and begins as soon as it is its turn. @returns its local id */
  add({ source, kind, requestId, fileId }: AddFile): string {
    const { name, sizeBytes, lastModifiedMs } = source;
    const addedAtMs = this.#context.wallClock();
    const file = this.#create({ source, name, kind, sizeBytes, lastModifiedMs, requestId: requestId ?? null, fileId: fileId ?? null, needs: null, addedAtMs }, fileId === undefined ? this.#expected.take(source) : null);
    this.#files.push(file);
    this.#remember(file);
    this.#changed('now');
    this.#schedule();
    return file.localId;
  }

  /** Brings back what this device remembers of the case: after a reload, a crash, another day. Once, however often it is asked. */
  restore(): Promise<void> {
    this.#restoring ??= this.#restore();
    return this.#restoring;
  }
  async #restore(): Promise<void> {
    const { ledger, caseReference } = this.#context;
    const entries = await ledger.list(caseReference).catch(() => []);
    for (const entry of [...entries].sort((one, other) => one.addedAtMs - other.addedAtMs)) {
      if (this.#find(entry.localId)) continue;
      const file = new FileUpload(this.#context, entry.localId, { ...entry, source: null, needs: 'file' });
      this.#files.push(file);
      await this.#open(file, false);
    }
    this.#isRestored = true;
    this.#changed('now');
  }

  /** Gives a restored file that needs it the file again, as the user chose it. */
  attach(localId: string, source: SourceFile): void {
    const file = this.#find(localId);
    if (!file || file.isRunning) return;
    file.attach(source);
    this.#remember(file);
    this.#schedule();
  }
  /** Asks for the right to read a remembered file; only from within a click. */
  async allowReading(localId: string): Promise<void> {
    const file = this.#find(localId);
    if (file && file.source === null) await this.#open(file, true);
  }

  pause(localId: string): void {
    this.#find(localId)?.pause();
  }
  resume(localId: string): void {
    this.#find(localId)?.resume();
    this.#schedule();
  }
  /** After a failure: goes on from what is stored. */
  retry(localId: string): void {
    this.resume(localId);
  }
  /** Cancels the upload, if it is not over, and tells the portal. */
  async cancel(localId: string): Promise<void> {
    const file = this.#find(localId);
    if (!file) return;
    this.#cancelled.add(file.entry.fileId);
    const told = file.cancel();
    await this.#context.ledger.forget(localId).catch(() => undefined);
    await told;
  }
  /** Gives up what was stored of the file and sends it as a new one, from the place where it stands in the list. */
  startOver(localId: string): void {
    const old = this.#find(localId);
    if (!old || old.source === null) return;
    const { source } = old;
    const fresh = this.#create({ ...old.file, source, sizeBytes: source.sizeBytes, lastModifiedMs: source.lastModifiedMs, fileId: null, needs: null });
    this.#files = this.#files.map((file) => (file === old ? fresh : file));
    this.#cancelled.add(old.entry.fileId);
    void old.cancel();
    void this.#context.ledger.forget(localId).catch(() => undefined);
    this.#remember(fresh);
    this.#changed('now');
    this.#schedule();
  }
  /** A file that was cancelled here. The portal may say for a moment longer that it can be gone on with. */
  hasCancelled(fileId: string): boolean {
    return this.#cancelled.has(fileId);
  }
  /** Takes a file that is over from the list. */
  remove(localId: string): void {
    const file = this.#find(localId);
    if (!file?.isOver || file.isRunning) return;
    this.#files = this.#files.filter((other) => other !== file);
    void this.#context.ledger.forget(localId).catch(() => undefined);
    this.#changed('now');
  }
  /** False once the portal knows the file. */
  setKind(localId: string, kind: FileKind): boolean {
    return this.#find(localId)?.setKind(kind) ?? false;
  }

  pauseAll(): void {
    for (const file of this.#files) file.pause();
  }
  resumeAll(): void {
    for (const file of this.#files) if (file.standing === 'paused') file.resume();
    this.#schedule();
  }
  async cancelAll(): Promise<void> {
    await Promise.all(this.#files.filter((file) => !file.isOver).map((file) => this.cancel(file.localId)));
  }
  /** The page is left: stops everything without telling the portal, so that it can be gone on with later. */
  close(): void {
    this.expect(null);
    this.pauseAll();
    this.#listeners.clear();
    this.#context.workers.rest();
  }
  /** The user signed in again, here or in another tab: everything goes on. */
  signedInAgain(): void {
    this.#context.signedIn.open();
    this.#changed('now');
  }

  #create(file: FileToUpload, ahead: HeadStart | null = null): FileUpload {
    return new FileUpload(this.#context, this.#context.newId(), file, ahead);
  }
  #find(localId: string): FileUpload | undefined {
    return this.#files.find((file) => file.localId === localId);
  }
  #remember(file: FileUpload): void {
    void this.#context.ledger.remember(file.entry, file.source).catch(() => undefined);
  }
  async #open(file: FileUpload, mayAsk: boolean): Promise<void> {
    const opened = await this.#context.ledger.open(file.localId, mayAsk).catch(() => 'file' as const);
    // It was chosen by hand, or cancelled, while the device looked for it.
    if (file.source !== null || file.isOver) return;
    if (typeof opened === 'string') file.need(opened);
    else file.attach(opened);
    this.#schedule();
  }

  #schedule(): void {
    for (const file of this.#files) {
      const running = this.#files.filter((other) => other.isRunning).length;
      if (running >= this.#context.limits.activeFiles) return;
      if (!file.isWaiting) continue;
      // What is begun for a file that may never be sent must not keep this one waiting for a place.
      this.#expected.set(null);
      void file.start().then(() => this.#ended(file));
    }
  }
  #ended(file: FileUpload): void {
    if (file.standing === 'stored') void this.#context.ledger.forget(file.localId).catch(() => undefined);
    this.#schedule();
    if (!this.#files.some((other) => other.isRunning)) this.#context.workers.rest();
    this.#changed('now');
  }

  #changed(urgency: 'now' | 'soon'): void {
    if (urgency === 'soon') {
      this.#tellLater ??= this.#context.clock.after(TELL_EVERY_MS, () => this.#tell());
    } else {
      this.#tell();
    }
  }
  #tell(): void {
    this.#tellLater?.();
    this.#tellLater = null;
    this.#snapshot = null;
    for (const file of this.#files) if (file.isRunning) file.outdate();
    for (const listener of this.#listeners) listener();
  }
}
