import type { Connectivity, Ledger, LedgerEntry, PreparedSegment, PrepareJob, SegmentWorkers, SliceJob, SourceFile } from '../ports';
import { FileUnreadableError } from '../upload-errors';
import { fakeHash } from './fake-hash';

/** A file in memory, which the test can change or take away. */
export class FakeFile implements SourceFile {
  readonly name: string;
  readonly lastModifiedMs = 1;
  content: Uint8Array<ArrayBuffer>;
  isUnreadable = false;

  constructor(name: string, content: Uint8Array<ArrayBuffer>) {
    this.name = name;
    this.content = content;
  }
  get sizeBytes(): number {
    return this.content.byteLength;
  }
  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (this.isUnreadable) throw new FileUnreadableError('gone');
    return this.content.slice(start, end);
  }
}

/** "Compresses" by putting one byte before the slice: the level. Counts what it holds. */
export class FakeWorkers implements SegmentWorkers {
  readonly concurrency: number;
  readonly hashed: number[] = [];
  readonly prepared: number[] = [];
  running = 0;
  mostRunning = 0;
  rests = 0;
  wakes = 0;
  /** Called before each preparing; may wait or throw. */
  before: (job: PrepareJob) => Promise<void> | void = () => undefined;

  constructor(concurrency = 2) {
    this.concurrency = concurrency;
  }
  async prepare(job: PrepareJob, signal: AbortSignal): Promise<PreparedSegment> {
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    try {
      await this.before(job);
      const raw = await job.source.read(job.start, job.end);
      signal.throwIfAborted();
      this.prepared.push(job.start);
      const body = job.encoding === 'gzip' ? raw : Uint8Array.of(job.level, ...raw);
      return {
        rawSizeBytes: raw.byteLength, rawSha256: fakeHash(raw), sizeBytes: body.byteLength, sha256: fakeHash(body),
        body: body.buffer, method: job.encoding === 'gzip' ? 'as-is' : 'deflated', elapsedMs: 1,
      };
    } finally {
      this.running -= 1;
    }
  }
  async hash(job: SliceJob): Promise<string> {
    this.hashed.push(job.start);
    return fakeHash(await job.source.read(job.start, job.end));
  }
  wake(): void {
    this.wakes += 1;
  }
  rest(): void {
    this.rests += 1;
  }
}

export class FakeConnectivity implements Connectivity {
  #isOnline = true;
  #listeners = new Set<() => void>();

  isOnline(): boolean {
    return this.#isOnline;
  }
  onOnline(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  set(isOnline: boolean): void {
    this.#isOnline = isOnline;
    if (isOnline) for (const listener of [...this.#listeners]) listener();
  }
}

export class MemoryLedger implements Ledger {
  readonly rows = new Map<string, { entry: LedgerEntry; source: SourceFile | null }>();
  /** What opening a remembered file gives. */
  opens: 'handle' | 'permission' | 'file' = 'file';

  async remember(entry: LedgerEntry, source: SourceFile | null): Promise<void> {
    this.rows.set(entry.localId, { entry, source });
  }
  async forget(localId: string): Promise<void> {
    this.rows.delete(localId);
  }
  async list(caseReference: string): Promise<readonly LedgerEntry[]> {
    return [...this.rows.values()].map((row) => row.entry).filter((entry) => entry.caseReference === caseReference);
  }
  async open(localId: string, mayAsk: boolean): Promise<SourceFile | 'permission' | 'file'> {
    const source = this.rows.get(localId)?.source ?? null;
    if (source === null || this.opens === 'file') return 'file';
    return this.opens === 'handle' || mayAsk ? source : 'permission';
  }
}
