import type { EngineContext } from './engine-context';
import { encodingOf, HeadStart } from './head-start';
import { TIGHT_LEVEL } from './levels';
import type { SourceFile } from './ports';

/** The file that will probably be added next, of which the first segments are made. */
export class ExpectedFile {
  readonly #context: EngineContext;
  #start: HeadStart | null = null;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Null where none is expected any more: what was made is given up. */
  set(source: SourceFile | null): void {
    if (this.#start?.source === source) return;
    this.#start?.end();
    this.#start = source === null ? null : new HeadStart(this.#context, source);
    // A file that cannot be read says so when it is sent.
    if (this.#start) void this.#begin(this.#start).catch(() => undefined);
  }
  /** What was made of the file, if it was expected; nothing is expected from here on. */
  take(source: SourceFile): HeadStart | null {
    const start = this.#start;
    this.#start = null;
    if (start?.source === source) return start;
    start?.end();
    return null;
  }

  async #begin(start: HeadStart): Promise<void> {
    const { source } = start;
    const { limits, uplink } = this.#context;
    const cut = { encoding: await encodingOf(source), segmentBytes: limits.chooseSegmentBytes(source.sizeBytes, uplink.bytesPerSecond()) };
    // Meanwhile it may have been added, or another be expected.
    // While somebody looks at what they chose there is time to compress well.
    if (this.#start === start) start.begin(cut, new AbortController().signal, (work) => work(), TIGHT_LEVEL);
  }
}
