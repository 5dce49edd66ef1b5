import { MAX_SEGMENTS_PER_CALL } from '@/domain/limits';
import type { EngineContext } from './engine-context';
import { callPortal, type FileSignals } from './portal-calls';
import { PortalError } from './upload-errors';
import { childSignal } from './waiting';

/** Segments that storage acknowledged are told to the portal together: so many, or after so long. */
const TELL_SEGMENTS = 16;
const TELL_AFTER_MS = 2000;

type Asker = { readonly resolve: (isStored: boolean) => void; readonly reject: (cause: unknown) => void };

/**
 * Asks the portal to look whether segments are in storage. Askers that come while a call is under way share the next one. What
 * storage has acknowledged needs no answer: the portal looks at all of it when the file is completed, and is told of it before then so
 * that its pages and another device see it. Nobody waits for that.
 */
export class Confirmer {
  readonly #context: EngineContext;
  readonly #fileId: string;
  readonly #file: FileSignals;
  readonly #telling: ReturnType<typeof childSignal>;
  #waiting = new Map<number, Asker[]>();
  #isAsking = false;
  #acknowledged: number[] = [];
  #tellLater: (() => void) | null = null;

  constructor(context: EngineContext, fileId: string, file: FileSignals) {
    this.#context = context;
    this.#fileId = fileId;
    this.#file = file;
    this.#telling = childSignal(file.signal);
  }

  /** Storage acknowledged the segment; the portal hears of it soon. */
  acknowledge(index: number): void {
    if (this.#telling.signal.aborted) return;
    this.#acknowledged.push(index);
    if (this.#acknowledged.length >= TELL_SEGMENTS) this.#tell();
    else this.#tellLater ??= this.#context.clock.after(TELL_AFTER_MS, () => this.#tell());
  }
  /** Nothing more is told: the file is about to be completed, or its run ends. */
  stop(): void {
    this.#tellLater?.();
    this.#tellLater = null;
    this.#telling.abort(new Error('stopped'));
    this.#telling.dispose();
  }
  #tell(): void {
    this.#tellLater?.();
    this.#tellLater = null;
    const file = { ...this.#file, signal: this.#telling.signal };
    // Whatever keeps the portal from looking now, the completing of the file meets as well, and tells.
    void this.#ask(this.#acknowledged.splice(0), file).catch(() => undefined);
  }

  /** True where the portal saw the segment in storage as it was announced. */
  isStored(index: number): Promise<boolean> {
    return new Promise<boolean>((resolve, reject) => {
      this.#waiting.set(index, [...(this.#waiting.get(index) ?? []), { resolve, reject }]);
      void this.#askAll();
    });
  }

  async #askAll(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting.entries()].slice(0, MAX_SEGMENTS_PER_CALL);
      for (const [index] of batch) this.#waiting.delete(index);
      try {
        const stored = await this.#ask(batch.map(([index]) => index), this.#file);
        for (const [index, askers] of batch) for (const asker of askers) asker.resolve(stored.has(index));
      } catch (cause) {
        for (const [, askers] of batch) for (const asker of askers) asker.reject(cause);
      }
    }
    this.#isAsking = false;
  }

  async #ask(indexes: readonly number[], file: FileSignals): Promise<ReadonlySet<number>> {
    try {
      const answer = await callPortal(this.#context, file, (signal) => this.#context.portal.confirmSegments(this.#fileId, { indexes: [...indexes] }, signal));
      return new Set(answer.stored);
    } catch (cause) {
      // "What is in storage differs and was removed": that one is not stored; the others have to be asked for one by one.
      if (!(cause instanceof PortalError) || cause.problem.code !== 'segment_mismatch') throw cause;
      if (indexes.length === 1) return new Set();
      const one = await Promise.all(indexes.map((index) => this.#ask([index], file)));
      return new Set(one.flatMap((stored) => [...stored]));
    }
  }
}
