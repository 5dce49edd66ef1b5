import type {
  CompleteFileRequest, CompleteFileResponse, ConfirmSegmentsRequest, ConfirmSegmentsResponse, FileStatusResponse, PresignSegmentsRequest,
  PresignSegmentsResponse, ReserveFileRequest, ReserveFileResponse,
} from '@/domain/contracts';
import type { FileState } from '@/domain/file-states';
import type { PortalClient } from '../ports';
import { PortalError } from '../upload-errors';
import type { FakeStorage } from './fake-storage';

type Announced = PresignSegmentsRequest['segments'][number] & { isStored: boolean };
export type PortalFile = { fileId: string; request: ReserveFileRequest; state: FileState; segments: Map<number, Announced> };
export type PortalCall = { readonly name: keyof PortalClient; readonly number: number };

export function problemError(status: number, code: string, extra: { missing?: number[] } = {}, retryAfterSeconds: number | null = null): PortalError {
  return new PortalError({ type: 'about:blank', title: `Title of ${code}`, status, detail: `Detail of ${code}.`, code, ...extra }, retryAfterSeconds);
}

/** The contract in memory, over a {@link FakeStorage}. `before` and `after` may throw or wait: before or after the call took effect. */
export class FakePortal implements PortalClient {
  readonly files = new Map<string, PortalFile>();
  readonly calls: PortalCall[] = [];
  readonly segmentBytes: number;
  readonly maxParallel: number;
  before: (call: PortalCall) => Promise<void> | void = () => undefined;
  after: (call: PortalCall) => Promise<void> | void = () => undefined;
  readonly #storage: FakeStorage;
  #urls = 0;

  constructor(storage: FakeStorage, options: { segmentBytes?: number; maxParallel?: number } = {}) {
    this.#storage = storage;
    this.segmentBytes = options.segmentBytes ?? 10;
    this.maxParallel = options.maxParallel ?? 4;
  }

  count(name: keyof PortalClient): number {
    return this.calls.filter((call) => call.name === name).length;
  }
  /** The raw content that the stored segments make, with each segment's mark of its level taken off. */
  content(fileId: string): Uint8Array {
    const file = this.#file(fileId);
    const skip = file.request.encoding === 'gzip' ? 0 : 1;
    const indexes = [...file.segments.keys()].sort((one, other) => one - other);
    return Uint8Array.from(indexes.flatMap((index) => [...(this.#storage.objects.get(`${fileId}/${index}`)?.body.subarray(skip) ?? [])]));
  }

  reserveFile(_reference: string, request: ReserveFileRequest): Promise<ReserveFileResponse> {
    return this.#call('reserveFile', () => {
      const known = [...this.files.values()].find((file) => file.request.clientFileId === request.clientFileId);
      const file: PortalFile = known ?? { fileId: `file-${this.files.size + 1}`, request, state: 'reserved', segments: new Map() };
      this.files.set(file.fileId, file);
      return { fileId: file.fileId, segmentBytes: this.segmentBytes, maxParallel: this.maxParallel };
    });
  }
  presignSegments(fileId: string, request: PresignSegmentsRequest): Promise<PresignSegmentsResponse> {
    return this.#call('presignSegments', () => {
      const file = this.#open(fileId);
      file.state = 'uploading';
      return { segments: request.segments.map((segment) => this.#presign(file, segment)) };
    });
  }
  #presign(file: PortalFile, segment: PresignSegmentsRequest['segments'][number]): PresignSegmentsResponse['segments'][number] {
    const before = file.segments.get(segment.index);
    if (before && before.rawSha256 !== segment.rawSha256) throw problemError(409, 'segment_conflict');
    if (before?.isStored) return { index: segment.index, state: 'stored' };
    file.segments.set(segment.index, { ...segment, isStored: false });
    const key = `${file.fileId}/${segment.index}`;
    const url = `https://storage.test/${key}?n=${++this.#urls}`;
    this.#storage.signed.set(url, { key, sha256: segment.sha256 });
    return { index: segment.index, url, headers: { 'content-type': 'application/gzip' }, expiresAt: '2026-11-03T04:12:09Z' };
  }
  confirmSegments(fileId: string, request: ConfirmSegmentsRequest): Promise<ConfirmSegmentsResponse> {
    return this.#call('confirmSegments', () => {
      const file = this.#open(fileId);
      const stored = request.indexes.filter((index) => this.#look(file, index));
      return { stored, missing: request.indexes.filter((index) => !stored.includes(index)) };
    });
  }
  #look(file: PortalFile, index: number): boolean {
    const segment = file.segments.get(index);
    if (!segment) return false;
    const object = this.#storage.objects.get(`${file.fileId}/${index}`);
    if (object && object.sha256 !== segment.sha256) {
      this.#storage.objects.delete(`${file.fileId}/${index}`);
      throw problemError(409, 'segment_mismatch');
    }
    segment.isStored = object !== undefined;
    return segment.isStored;
  }
  fileStatus(fileId: string): Promise<FileStatusResponse> {
    return this.#call('fileStatus', () => {
      const { request, state, segments } = this.#file(fileId);
      return {
        fileId, caseReference: 'AL-TEST', name: request.name, kind: request.kind, encoding: request.encoding, state, stateReason: null,
        sizeBytes: request.sizeBytes, segmentBytes: this.segmentBytes, maxParallel: this.maxParallel, segmentCount: null,
        segments: [...segments.values()].map(({ index, isStored, rawSizeBytes, rawSha256 }) => ({ index, state: isStored ? 'stored' : 'announced', rawSizeBytes, rawSha256 })),
        reservedAt: '', storedAt: null, verifiedAt: null, dueAt: null, receiptUrl: state === 'stored' ? `/receipts/${fileId}` : null,
      };
    });
  }
  completeFile(fileId: string, request: CompleteFileRequest): Promise<CompleteFileResponse> {
    return this.#call('completeFile', () => {
      const file = this.#file(fileId);
      if (file.state !== 'stored') {
        this.#open(fileId);
        const missing = Array.from({ length: request.segmentCount }, (_, position) => position + 1).filter((index) => !this.#look(file, index));
        if (missing.length > 0) throw problemError(409, 'segments_missing', { missing });
        file.state = 'stored';
      }
      return { state: file.state, receiptUrl: `/receipts/${fileId}` };
    });
  }
  abandonFile(fileId: string): Promise<void> {
    return this.#call('abandonFile', () => {
      this.#open(fileId).state = 'abandoned';
    });
  }

  async #call<T>(name: keyof PortalClient, effect: () => T): Promise<T> {
    const call = { name, number: this.count(name) + 1 };
    this.calls.push(call);
    await this.before(call);
    const result = effect();
    await this.after(call);
    return result;
  }
  #file(fileId: string): PortalFile {
    const file = this.files.get(fileId);
    if (!file) throw problemError(404, 'not_found');
    return file;
  }
  #open(fileId: string): PortalFile {
    const file = this.#file(fileId);
    if (file.state !== 'reserved' && file.state !== 'uploading') throw problemError(409, 'file_wrong_state');
    return file;
  }
}
