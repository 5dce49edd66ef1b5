import type { LoadedBody, Transport } from '../ports';
import { Sender } from './sender';
import type { WorkerLike } from './worker-like';

/**
 * Bytes of bodies after which another worker takes over. Chromium (156) holds a copy of each body until it collects what a finished request left
 * behind, and sees no reason to, because the copies count for nothing in the worker's heap: 20 GB left hundreds of megabytes. The end of a
 * worker frees them at once.
 */
export const RENEW_AFTER_BYTES = 96 * 1024 * 1024;

/**
 * Sends by a worker of its own: the compressing workers are too busy to tell progress, and the page's thread has to stay free.
 * Should the worker die, its bodies are gone with it: their PUTs fail with a WorkerFailedError.
 */
export class WorkerTransport implements Transport {
  readonly #create: () => WorkerLike;
  #sender: Sender | null = null;
  #successor: Sender | null = null;

  constructor(create: () => WorkerLike) {
    this.#create = create;
  }

  wake(): void {
    if (this.#sender === null || this.#sender.isEnded) this.#sender = new Sender(this.#create());
  }
  load(bytes: ArrayBuffer): LoadedBody {
    this.#renew();
    this.wake();
    return (this.#sender as Sender).load(bytes);
  }

  /** Hands over to a worker that has said that it runs: its script may not be there to be fetched, for instance while the network is away. */
  #renew(): void {
    if (this.#sender === null || this.#sender.isEnded || this.#sender.loadedBytes < RENEW_AFTER_BYTES) return;
    if (this.#successor === null || this.#successor.isEnded) this.#successor = new Sender(this.#create());
    if (!this.#successor.isReady) return;
    this.#sender.retire();
    this.#sender = this.#successor;
    this.#successor = null;
  }
}
