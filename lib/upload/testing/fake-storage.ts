import type { LoadedBody, PutAnswer, PutRequest, Transport } from '../ports';
import { NetworkError } from '../upload-errors';
import { fakeHash } from './fake-hash';

/** One PUT in flight, which the test can drive by hand. */
export interface FlyingPut {
  readonly url: string;
  readonly key: string;
  readonly bytes: number;
  progress(sentBytes: number): void;
  /** The body arrives, and storage answers as S3 would. */
  arrive(): void;
  /** The whole body was on the wire when the page gave the PUT up: it is stored all the same. */
  arriveAfterAbort(): void;
  /** The body arrives, but its answer is lost. */
  loseAnswer(): void;
  answer(answer: Partial<PutAnswer> & { status: number }): void;
  cut(): void;
  readonly isOver: boolean;
}

/**
 * Objects by key, written once (`If-None-Match: *`) and only as the URL was made for. Each PUT is announced to `onPut`, which by
 * default lets it arrive.
 */
export class FakeStorage implements Transport {
  readonly objects = new Map<string, { sha256: string; body: Uint8Array }>();
  /** Each URL works once per making; the portal registers it here. */
  readonly signed = new Map<string, { key: string; sha256: string }>();
  readonly flying: FlyingPut[] = [];
  onPut: (put: FlyingPut) => void = (put) => put.arrive();
  mostFlying = 0;
  puts = 0;
  loadedBytes = 0;
  mostLoadedBytes = 0;
  sentTwice: string[] = [];

  wake(): void {}

  load(buffer: ArrayBuffer): LoadedBody {
    const body = new Uint8Array(buffer);
    let isLoaded = true;
    this.loadedBytes += body.byteLength;
    this.mostLoadedBytes = Math.max(this.mostLoadedBytes, this.loadedBytes);
    return {
      put: (request) => this.#put(body, request),
      release: () => {
        if (isLoaded) this.loadedBytes -= body.byteLength;
        isLoaded = false;
      },
    };
  }

  #put(body: Uint8Array, { url, onProgress, signal }: PutRequest): Promise<PutAnswer> {
    return new Promise<PutAnswer>((resolve, reject) => {
      let isOver = false;
      const over = (end: () => void) => {
        if (isOver) return;
        isOver = true;
        this.flying.splice(this.flying.indexOf(put), 1);
        end();
      };
      const answer = (given: Partial<PutAnswer> & { status: number }) => over(() => resolve({ errorCode: null, errorMessage: null, retryAfterSeconds: null, ...given }));
      const put: FlyingPut = {
        url,
        key: this.signed.get(url)?.key ?? '',
        bytes: body.byteLength,
        progress: (sentBytes) => onProgress(sentBytes),
        arrive: () => {
          if (!isOver) answer(this.#store(url, body));
        },
        arriveAfterAbort: () => void this.#store(url, body),
        loseAnswer: () => {
          if (!isOver) this.#store(url, body);
          put.cut();
        },
        answer,
        cut: () => over(() => reject(new NetworkError('cut'))),
        get isOver() {
          return isOver;
        },
      };
      signal.addEventListener('abort', () => over(() => reject(signal.reason)), { once: true });
      this.puts += 1;
      this.flying.push(put);
      this.mostFlying = Math.max(this.mostFlying, this.flying.length);
      this.onPut(put);
    });
  }

  #store(url: string, body: Uint8Array): Partial<PutAnswer> & { status: number } {
    const signed = this.signed.get(url);
    if (!signed) return { status: 403, errorCode: 'SignatureDoesNotMatch' };
    if (signed.sha256 !== fakeHash(body)) return { status: 400, errorCode: 'BadDigest' };
    if (this.objects.has(signed.key)) {
      this.sentTwice.push(signed.key);
      return { status: 412, errorCode: 'PreconditionFailed' };
    }
    this.objects.set(signed.key, { sha256: signed.sha256, body });
    return { status: 200 };
  }
}
