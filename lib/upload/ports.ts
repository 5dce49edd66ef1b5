import type {
  CompleteFileRequest, CompleteFileResponse, ConfirmSegmentsRequest, ConfirmSegmentsResponse, FileStatusResponse,
  PresignSegmentsRequest, PresignSegmentsResponse, ReserveFileRequest, ReserveFileResponse,
} from '@/domain/contracts';
import type { FileKind } from '@/domain/file-kinds';
import type { Level } from './levels';

/**
 * What the upload engine needs from the world around it. The engine itself knows no framework, no DOM and no timer:
 * a browser, a test or another host gives it these.
 */

/** Time in milliseconds that never runs backwards (`performance.now()`); a wrong wall clock does not matter to it. */
export interface Clock {
  now(): number;
  /** Calls `action` once after `milliseconds`; the returned function takes the call back. */
  after(milliseconds: number, action: () => void): () => void;
}

/** What the device says about its network. Believed only after a request failed: a wrong "offline" stops nothing that works. */
export interface Connectivity {
  isOnline(): boolean;
  /** Calls `listener` when the device says that it is online again; the returned function stops that. */
  onOnline(listener: () => void): () => void;
}

/** A file that somebody chose. Reading it rejects with {@link FileUnreadableError} where it is gone or has changed. */
export interface SourceFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970, as the device says it. */
  readonly lastModifiedMs: number;
  /** The bytes from `start` up to, not including, `end`; always exactly that many. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** The same into `target`, which has exactly that size, where the source can do so with less memory. */
  readInto?(start: number, end: number, target: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** `raw`: each slice becomes one gzip member. `gzip`: the file is gzipped already, and a slice is sent as it is. */
export type Encoding = 'raw' | 'gzip';

export interface SliceJob {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

export interface PrepareJob extends SliceJob {
  readonly encoding: Encoding;
  readonly level: Level;
}

/** A segment ready to be sent. SHA-256 as 64 lower-case hexadecimal digits. */
export interface PreparedSegment {
  readonly rawSizeBytes: number;
  readonly rawSha256: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly body: ArrayBuffer;
  /** How the body was made; `stored` where compressing would have gained nothing, `as-is` for the encoding `gzip`. */
  readonly method: 'deflated' | 'stored' | 'as-is';
  /** Milliseconds of work: reading, compressing and hashing. */
  readonly elapsedMs: number;
}

/** Reads, compresses and hashes slices, away from the thread that draws the page. */
export interface SegmentWorkers {
  /** How many jobs run at the same time. */
  readonly concurrency: number;
  /** The same slice at the same level always gives the same bytes. */
  prepare(job: PrepareJob, signal: AbortSignal): Promise<PreparedSegment>;
  /** SHA-256 of a slice, for comparing with what is stored. */
  hash(job: SliceJob, signal: AbortSignal): Promise<string>;
  /** Work is about to come: starts the workers, so that the first job does not wait for that. */
  wake(): void;
  /** Nothing is to be done for now: gives memory back. The next job starts the workers again. */
  rest(): void;
}

export interface PutRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the body that have left so far in this attempt. */
  readonly onProgress: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

/** An answer of the storage, whatever its status. The code and the message are S3's own, null where they cannot be read. */
export interface PutAnswer {
  readonly status: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly retryAfterSeconds: number | null;
}

/** A body that was handed to the transport and can be sent more than once. */
export interface LoadedBody {
  /** Rejects with {@link NetworkError} where no answer came, with the signal's reason where it was aborted. */
  put(request: PutRequest): Promise<PutAnswer>;
  /** Frees the memory. */
  release(): void;
}

export interface Transport {
  /** Bodies are about to come. */
  wake(): void;
  /** Takes the body over; the caller must not touch it afterwards. */
  load(body: ArrayBuffer): LoadedBody;
}

/** The HTTP contract, version 1. Each call rejects with {@link PortalError} or {@link NetworkError}. */
export interface PortalClient {
  reserveFile(caseReference: string, request: ReserveFileRequest, signal: AbortSignal): Promise<ReserveFileResponse>;
  presignSegments(fileId: string, request: PresignSegmentsRequest, signal: AbortSignal): Promise<PresignSegmentsResponse>;
  confirmSegments(fileId: string, request: ConfirmSegmentsRequest, signal: AbortSignal): Promise<ConfirmSegmentsResponse>;
  fileStatus(fileId: string, signal: AbortSignal): Promise<FileStatusResponse>;
  completeFile(fileId: string, request: CompleteFileRequest, signal: AbortSignal): Promise<CompleteFileResponse>;
  abandonFile(fileId: string, signal: AbortSignal): Promise<void>;
}

/** What this device remembers of an upload that has begun. What is stored is for the portal to say, not for this. */
export interface LedgerEntry {
  readonly localId: string;
  readonly fileId: string | null;
  readonly caseReference: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly sizeBytes: number;
  readonly lastModifiedMs: number;
  readonly requestId: string | null;
  /** Milliseconds since 1970. */
  readonly addedAtMs: number;
}

/** Remembers uploads over a reload of the page, and the files themselves where the device can. */
export interface Ledger {
  remember(entry: LedgerEntry, source: SourceFile | null): Promise<void>;
  forget(localId: string): Promise<void>;
  list(caseReference: string): Promise<readonly LedgerEntry[]>;
  /**
   * Opens the remembered file again. `permission` and `file` say what is needed first: a click that allows reading
   * (call again with `mayAsk`), or the file chosen anew.
   */
  open(localId: string, mayAsk: boolean): Promise<SourceFile | 'permission' | 'file'>;
}
