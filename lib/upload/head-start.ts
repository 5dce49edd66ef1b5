import type { Encoding } from './ports';
import type { Making, SegmentMaker } from './segment-maker';
import { segmentCount, sliceOf } from './segment-plan';
import { childSignal } from './waiting';

/** The first segments of a file, one for each worker, made while the portal reserves the file: they depend only on how it is cut. */
export class HeadStart {
  readonly #maker: SegmentMaker;
  readonly #own: ReturnType<typeof childSignal>;
  readonly #begun = new Map<number, Promise<Making>>();

  constructor(maker: SegmentMaker, signal: AbortSignal) {
    this.#maker = maker;
    this.#own = childSignal(signal);
  }

  begin(file: { readonly sizeBytes: number; readonly segmentBytes: number; readonly encoding: Encoding; readonly workers: number }): void {
    const count = Math.min(file.workers, segmentCount(file.sizeBytes, file.segmentBytes));
    for (let index = 1; index <= count; index++) {
      const making = this.#maker.begin(sliceOf(file.sizeBytes, file.segmentBytes, index), file.encoding, this.#own.signal);
      making.catch(() => undefined);
      this.#begun.set(index, making);
    }
  }
  /** The segment, where it was begun; from here on it is the caller's. */
  take(index: number): Promise<Making> | undefined {
    const making = this.#begun.get(index);
    this.#begun.delete(index);
    return making;
  }
  /** Gives up what nobody took. */
  end(): void {
    if (this.#begun.size > 0) this.#own.abort(new Error('not needed'));
    for (const making of this.#begun.values()) void making.then(({ release }) => release(), () => undefined);
    this.#begun.clear();
    this.#own.dispose();
  }
}
