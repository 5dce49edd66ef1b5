import type { EngineContext } from './engine-context';
import { callOnce, type FileSignals } from './portal-calls';
import type { PreparedSegment } from './ports';
import { NetworkError } from './upload-errors';
import { abortable, untilCalled } from './waiting';

/** Segments for which one call asks at most. */
const TOGETHER = 4;
/** As many as are worth waiting for, and for how long. */
const WORTH_HOLDING = 3;
const HOLD_MS = 250;
/** An address that has waited for longer is not used. By the contract it holds for 15 minutes. */
const FRESH_MS = 5 * 60_000;

/** Where one attempt goes; null where the portal says that the segment is stored already. */
export type Address = { readonly url: string; readonly headers: Readonly<Record<string, string>> } | null;
type Ready = { readonly index: number; readonly segment: PreparedSegment; /** No attempt has had an address yet. */ isNew: boolean; asking: Promise<void> | null; given: { readonly address: Address; readonly atMs: number } | null };

/**
 * Asks the portal for the addresses of one file's segments, each for one attempt and when its body is ready. What is ready at the same
 * time is asked for in one call: most of what a call costs the portal does not depend on how much is in it.
 */
export class Presigner {
  readonly #context: EngineContext;
  readonly #fileId: string;
  readonly #file: FileSignals;
  readonly #isMoreToCome: () => boolean;
  readonly #ready = new Map<number, Ready>();
  /** Those who wait for company, and how their waiting is ended. */
  #holding: Promise<void> | null = null;
  #stopHolding: () => void = () => undefined;

  /** @param isMoreToCome true while a segment of this file is being made, of which `ready` will tell */
  constructor(context: EngineContext, fileId: string, file: FileSignals, isMoreToCome: () => boolean) {
    this.#context = context;
    this.#fileId = fileId;
    this.#file = file;
    this.#isMoreToCome = isMoreToCome;
  }

  /** The body is ready: the segment may be asked for together with others, until `done`. */
  ready(index: number, segment: PreparedSegment): void {
    this.#ready.set(index, { index, segment, isNew: true, asking: null, given: null });
    if (!this.#isWorthHolding()) this.#stopHolding();
  }
  done(index: number): void {
    this.#ready.delete(index);
  }

  /** An address that nobody has used. Rejects with what the call met. */
  async address(index: number): Promise<Address> {
    const entry = this.#ready.get(index);
    if (!entry) throw new RangeError(`Segment ${index} is not ready.`);
    for (let hasHeld = false; ; ) {
      const { given, asking } = entry;
      entry.given = null;
      if (given && this.#context.clock.now() - given.atMs < FRESH_MS) {
        entry.isNew = false;
        return given.address;
      }
      if (asking) await abortable(asking, this.#file.signal);
      else if (entry.isNew && !hasHeld && this.#isWorthHolding()) {
        hasHeld = true;
        await (this.#holding ??= this.#hold());
      } else await this.#ask(entry);
    }
  }

  /** Company is about to come, and few are there yet. The first word about the link is not put off, and a slow one has to be kept busy. */
  #isWorthHolding(): boolean {
    const { uplink, pipeline } = this.#context;
    return uplink.bytesPerSecond() !== null && !pipeline.isSlow && this.#isMoreToCome() && this.#waiting().length < WORTH_HOLDING;
  }
  /** Those without an address of which none had one yet. */
  #waiting(): Ready[] {
    return [...this.#ready.values()].filter(({ isNew, asking, given }) => isNew && asking === null && given === null);
  }
  #hold(): Promise<void> {
    return untilCalled<void>(this.#file.signal, (done) => {
      const disarm = this.#context.clock.after(HOLD_MS, done);
      this.#stopHolding = () => {
        disarm();
        done();
      };
      return disarm;
    }).finally(() => {
      this.#holding = null;
      this.#stopHolding = () => undefined;
    });
  }

  #ask(entry: Ready): Promise<void> {
    const company = this.#waiting().filter((other) => other !== entry);
    const together = [entry, ...company.slice(0, TOGETHER - 1)];
    const call = this.#presign(entry, together).finally(() => {
      for (const one of together) one.asking = null;
    });
    for (const one of together) one.asking = call;
    // Each segment that waits for it meets its failure; nobody may wait.
    call.catch(() => undefined);
    return call;
  }
  async #presign(entry: Ready, together: readonly Ready[]): Promise<void> {
    const { clock, portal } = this.#context;
    const segments = together.map(({ index, segment: { rawSizeBytes, rawSha256, sizeBytes, sha256 } }) => ({ index, rawSizeBytes, rawSha256, sizeBytes, sha256 }));
    const answer = await callOnce(this.#context, this.#file.signal, (signal) => portal.presignSegments(this.#fileId, { segments }, signal));
    for (const one of together) {
      const own = answer.segments.find(({ index }) => index === one.index);
      if (own) one.given = { address: 'url' in own ? own : null, atMs: clock.now() };
      else if (one === entry) throw new NetworkError('The answer does not speak of the segment that was asked for.');
    }
  }
}
