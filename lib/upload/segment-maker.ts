import type { EngineContext } from './engine-context';
import { type Level, TIGHT_LEVEL } from './levels';
import type { Encoding, PreparedSegment, SourceFile } from './ports';
import type { Slice } from './segment-plan';
import { uploadFailure, WorkerFailedError } from './upload-errors';
import { type Share, takeAll } from './waiting';

/** Raw hashes and levels of segments made since the file was chosen, so that one made again is the same. */
export interface MadeBefore {
  readonly hashes: Map<number, string>;
  readonly levels: Map<number, Level>;
}

/** The file is cut in another way: nothing that was made says anything of it. */
export function forgetSegments({ hashes, levels }: MadeBefore): void {
  hashes.clear();
  levels.clear();
}

/** A segment on its way. Once it is made it holds a place in the pipeline and the memory of its compressed bytes, until `release`. */
export interface Making {
  readonly segment: Promise<PreparedSegment>;
  readonly release: () => void;
}

/** A segment may be prepared again so often after a worker died. */
const MAX_WORKER_FAILURES = 2;

export interface SegmentMakerInput {
  readonly context: EngineContext;
  readonly source: SourceFile;
  readonly before: MadeBefore;
  /** Told while a worker is at it. */
  readonly during: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Makes the segments of one file, within what all files share. */
export class SegmentMaker {
  readonly #input: SegmentMakerInput;

  constructor(input: SegmentMakerInput) {
    this.#input = input;
  }

  /** Waits for a place in the pipeline, memory for the whole slice and a worker, and begins. */
  async begin(slice: Slice, encoding: Encoding, signal: AbortSignal): Promise<Making> {
    const { pipeline, memory, compressSlots, uplink } = this.#input.context;
    const shares = await takeAll([[pipeline, 1], [memory, slice.end - slice.start], [compressSlots, 1]], signal);
    const [, ofMemory, worker] = shares as [Share, Share, Share];
    let letGo: () => void = () => undefined;
    let isReleased = false;
    const made = this.#input.during(() => this.#prepare(slice, encoding, signal)).finally(worker.release);
    const segment = made.then((prepared) => {
      ofMemory.shrinkTo(prepared.sizeBytes);
      if (!isReleased) letGo = uplink.hold(prepared.sizeBytes);
      return prepared;
    });
    // Whoever takes it meets its failure; one that nobody takes is of no account.
    segment.catch(() => undefined);
    const release = () => {
      isReleased = true;
      letGo();
      for (const share of shares) share.release();
    };
    return { segment, release };
  }

  #level(rawBytes: number): Level {
    const { levels, pipeline, workers, uplink } = this.#input.context;
    const level = levels.choose({ workers: workers.concurrency, rawBytes, uplinkBytesPerSecond: uplink.bytesPerSecond(), backlogMs: uplink.backlogMs() });
    if (level >= TIGHT_LEVEL && uplink.isMeasured) pipeline.linkIsSlow();
    return level;
  }

  async #prepare({ index, start, end }: Slice, encoding: Encoding, signal: AbortSignal): Promise<PreparedSegment> {
    const { context, source, before } = this.#input;
    // The same level as before, if there was a before: the same segment must be the same bytes.
    const given = before.levels.get(index);
    let level = given ?? this.#level(end - start);
    for (let failures = 0; ; failures++) {
      try {
        const segment = await context.workers.prepare({ source, start, end, encoding, level }, signal);
        // Given up: what is known of the slice may be of another cut by now.
        signal.throwIfAborted();
        const known = before.hashes.get(index);
        if (known !== undefined && known !== segment.rawSha256) throw uploadFailure('file_changed');
        before.hashes.set(index, segment.rawSha256);
        before.levels.set(index, level);
        if (segment.method === 'deflated') context.levels.note({ level, rawBytes: segment.rawSizeBytes, bytes: segment.sizeBytes, elapsedMs: segment.elapsedMs });
        return segment;
      } catch (cause) {
        if (!(cause instanceof WorkerFailedError) || failures >= MAX_WORKER_FAILURES) throw cause;
        // The spare levels need more memory and time than a small device may have.
        if (given === undefined && level > TIGHT_LEVEL) level = TIGHT_LEVEL;
      }
    }
  }
}
