import { GZIP_HEAD_BYTES, sniffEncoding } from './compress/gzip-sniff';
import type { EngineContext } from './engine-context';
import type { Level } from './levels';
import type { Encoding, SourceFile } from './ports';
import { type MadeBefore, type Making, SegmentMaker } from './segment-maker';
import { segmentCount, sliceOf } from './segment-plan';
import { childSignal } from './waiting';

/** Segments that each worker makes while there is time: about as many as it gets done while somebody looks at what they chose. */
const SEGMENTS_WITH_TIME = 2;

/** How a file is cut into segments. */
export interface Cut {
  readonly segmentBytes: number;
  readonly encoding: Encoding;
}

/** The first bytes tell whether it is gzipped already. */
export async function encodingOf(source: SourceFile): Promise<Encoding> {
  return sniffEncoding(await source.read(0, Math.min(GZIP_HEAD_BYTES, source.sizeBytes)));
}

/**
 * The first segments of a file, made before the portal has reserved the file, or even before somebody presses Send: they
 * depend only on how it is cut.
 */
export class HeadStart {
  readonly source: SourceFile;
  readonly before: MadeBefore;
  readonly #context: EngineContext;
  readonly #begun = new Map<number, Promise<Making>>();
  #own: ReturnType<typeof childSignal> | null = null;
  #cut: Cut | null = null;
  #hasRoom = false;

  constructor(context: EngineContext, source: SourceFile, before: MadeBefore = { hashes: new Map(), levels: new Map() }) {
    this.#context = context;
    this.source = source;
    this.before = before;
  }

  isCut({ segmentBytes, encoding }: Cut): boolean {
    return this.#cut?.segmentBytes === segmentBytes && this.#cut.encoding === encoding;
  }
  /**
   * @param during told while a worker is at it
   * @param level where there is time for one; chosen by the link otherwise
   */
  begin(cut: Cut, signal: AbortSignal, during: <T>(work: () => Promise<T>) => Promise<T>, level?: Level): void {
    const context = this.#context;
    const { source, before } = this;
    const maker = new SegmentMaker({ context, source, before, during });
    const own = childSignal(signal);
    this.#own = own;
    this.#cut = cut;
    const { concurrency } = context.workers;
    const wanted = level === undefined ? concurrency : Math.min(concurrency * SEGMENTS_WITH_TIME, context.pipeline.mostAhead);
    const count = Math.min(wanted, segmentCount(source.sizeBytes, cut.segmentBytes));
    this.#hasRoom = level !== undefined;
    if (this.#hasRoom) context.pipeline.makeRoomAhead(count);
    for (let index = 1; index <= count; index++) {
      if (level !== undefined) before.levels.set(index, level);
      const making = maker.begin(sliceOf(source.sizeBytes, cut.segmentBytes, index), cut.encoding, own.signal);
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
  /** Gives up what is still being made, and what nobody took. */
  end(): void {
    this.#own?.abort(new Error('not needed'));
    if (this.#hasRoom) this.#context.pipeline.makeRoomAhead(0);
    this.#hasRoom = false;
    for (const making of this.#begun.values()) void making.then(({ release }) => release(), () => undefined);
    this.#begun.clear();
    this.#own?.dispose();
    this.#cut = null;
  }
}
