import { MAX_SEGMENTS_PER_CALL } from '@/domain/limits';
import type { EngineContext } from './engine-context';
import { callPortal, type FileSignals } from './portal-calls';
import { PortalError } from './upload-errors';

type Asker = { readonly resolve: (isStored: boolean) => void; readonly reject: (cause: unknown) => void };

/**
 * Asks the portal to look whether segments are in storage. Askers that come while a call is under way share the next one.
 */
export class Confirmer {
  readonly #context: EngineContext;
  readonly #fileId: string;
  readonly #file: FileSignals;
  #waiting = new Map<number, Asker[]>();
  #isAsking = false;

  constructor(context: EngineContext, fileId: string, file: FileSignals) {
    this.#context = context;
    this.#fileId = fileId;
    this.#file = file;
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
        const stored = await this.#ask(batch.map(([index]) => index));
        for (const [index, askers] of batch) for (const asker of askers) asker.resolve(stored.has(index));
      } catch (cause) {
        for (const [, askers] of batch) for (const asker of askers) asker.reject(cause);
      }
    }
    this.#isAsking = false;
  }

  async #ask(indexes: readonly number[]): Promise<ReadonlySet<number>> {
    try {
      const answer = await callPortal(this.#context, this.#file, (signal) => this.#context.portal.confirmSegments(this.#fileId, { indexes: [...indexes] }, signal));
      return new Set(answer.stored);
    } catch (cause) {
      // "What is in storage differs and was removed": that one is not stored; the others have to be asked for one by one.
      if (!(cause instanceof PortalError) || cause.problem.code !== 'segment_mismatch') throw cause;
      if (indexes.length === 1) return new Set();
      const one = await Promise.all(indexes.map((index) => this.#ask([index])));
      return new Set(one.flatMap((stored) => [...stored]));
    }
  }
}
