import type { LoadedBody, PutAnswer, PutRequest, Transport } from '../ports';
import { NetworkError, WorkerFailedError } from '../upload-errors';
import type { FromSender, ToSender } from './send-messages';
import type { WorkerLike } from './worker-like';

type Waiting = { readonly request: PutRequest; readonly resolve: (answer: PutAnswer) => void; readonly reject: (cause: unknown) => void };

/**
 * Sends by a worker of its own: the compressing workers are too busy to tell progress, and the page's thread has to stay free.
 * Should the worker die, its bodies are gone with it: their PUTs fail with a WorkerFailedError.
 */
export class WorkerTransport implements Transport {
  readonly #create: () => WorkerLike;
  readonly #puts = new Map<number, Waiting>();
  #worker: WorkerLike | null = null;
  #next = 1;

  constructor(create: () => WorkerLike) {
    this.#create = create;
  }

  wake(): void {
    this.#worker ??= this.#start();
  }
  load(bytes: ArrayBuffer): LoadedBody {
    const body = this.#next++;
    this.#tell({ type: 'load', body, bytes }, [bytes]);
    const worker = this.#worker;
    return {
      put: (request) => (worker === this.#worker ? this.#put(body, request) : Promise.reject(new WorkerFailedError('The body is gone.'))),
      release: () => {
        if (worker === this.#worker) this.#tell({ type: 'release', body });
      },
    };
  }

  #put(body: number, request: PutRequest): Promise<PutAnswer> {
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

  #tell(message: ToSender, transfer: Transferable[] = []): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message, transfer);
  }
  #start(): WorkerLike {
    const worker = this.#create();
    worker.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data as FromSender);
    worker.onerror = () => {
      worker.terminate();
      this.#worker = null;
      for (const waiting of this.#puts.values()) waiting.reject(new WorkerFailedError('The worker that sends has ended.'));
      this.#puts.clear();
    };
    return worker;
  }
  #hear(message: FromSender): void {
    const waiting = this.#puts.get(message.put);
    if (!waiting) return;
    if (message.type === 'progress') return waiting.request.onProgress(message.sentBytes);
    this.#puts.delete(message.put);
    if (message.type === 'answer') waiting.resolve(message.answer);
    else waiting.reject(new NetworkError('The PUT got no answer.'));
  }
}
