import type { LoadedBody, PutAnswer, PutRequest } from '../ports';
import { NetworkError, WorkerFailedError } from '../upload-errors';
import type { FromSender, ToSender } from './send-messages';
import type { WorkerLike } from './worker-like';

type Waiting = { readonly request: PutRequest; readonly resolve: (answer: PutAnswer) => void; readonly reject: (cause: unknown) => void };

/** One worker that sends, seen from the page: the bodies that it was given and the PUTs under way. */
export class Sender {
  readonly #worker: WorkerLike;
  readonly #puts = new Map<number, Waiting>();
  readonly #bodies = new Set<number>();
  #next = 1;
  #loadedBytes = 0;
  #isReady = false;
  #isRetired = false;
  #isEnded = false;

  constructor(worker: WorkerLike) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data as FromSender);
    worker.onerror = () => this.#end();
  }

  /** Bytes of all bodies that it was ever given. */
  get loadedBytes(): number {
    return this.#loadedBytes;
  }
  /** It has said that it runs. What it is given before waits for that. */
  get isReady(): boolean {
    return this.#isReady && !this.#isEnded;
  }
  get isEnded(): boolean {
    return this.#isEnded;
  }
  /** Takes the bytes over. */
  load(bytes: ArrayBuffer): LoadedBody {
    const body = this.#next++;
    this.#loadedBytes += bytes.byteLength;
    this.#bodies.add(body);
    this.#tell({ type: 'load', body, bytes }, [bytes]);
    return { put: (request) => this.#put(body, request), release: () => this.#release(body) };
  }
  /** Nothing more is loaded: it ends with its last body. */
  retire(): void {
    this.#isRetired = true;
    if (this.#bodies.size === 0) this.#end();
  }

  #put(body: number, request: PutRequest): Promise<PutAnswer> {
    if (this.#isEnded) return Promise.reject(new WorkerFailedError('The body is gone.'));
    const { url, headers, signal } = request;
    const put = this.#next++;
    return new Promise<PutAnswer>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const abort = () => {
        this.#puts.delete(put);
        this.#tell({ type: 'abort', put });
        reject(signal.reason);
      };
      const settled = <T>(end: (value: T) => void) => (value: T) => {
        signal.removeEventListener('abort', abort);
        end(value);
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#puts.set(put, { request, resolve: settled(resolve), reject: settled(reject) });
      this.#tell({ type: 'put', put, body, url, headers: { ...headers } });
    });
  }
  #release(body: number): void {
    if (!this.#bodies.delete(body) || this.#isEnded) return;
    if (this.#isRetired && this.#bodies.size === 0) this.#end();
    else this.#tell({ type: 'release', body });
  }
  #end(): void {
    this.#isEnded = true;
    this.#worker.terminate();
    for (const waiting of this.#puts.values()) waiting.reject(new WorkerFailedError('The worker that sends has ended.'));
    this.#puts.clear();
  }

  #tell(message: ToSender, transfer: Transferable[] = []): void {
    if (!this.#isEnded) this.#worker.postMessage(message, transfer);
  }
  #hear(message: FromSender): void {
    if (message.type === 'ready') {
      this.#isReady = true;
      return;
    }
    const waiting = this.#puts.get(message.put);
    if (!waiting) return;
    if (message.type === 'progress') return waiting.request.onProgress(message.sentBytes);
    this.#puts.delete(message.put);
    if (message.type === 'answer') waiting.resolve(message.answer);
    else waiting.reject(new NetworkError('The PUT got no answer.'));
  }
}
