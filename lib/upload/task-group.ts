import { childSignal } from './waiting';

/** Tasks that stand or fall together: the first failure aborts the others, and the end is reached when all have ended. */
export class TaskGroup {
  readonly #child: ReturnType<typeof childSignal>;
  readonly #tasks = new Set<Promise<void>>();

  constructor(parent: AbortSignal) {
    this.#child = childSignal(parent);
  }
  get signal(): AbortSignal {
    return this.#child.signal;
  }
  add(task: Promise<void>): void {
    const watched = task.catch((cause: unknown) => this.#child.abort(cause)).finally(() => this.#tasks.delete(watched));
    this.#tasks.add(watched);
  }
  /** @throws the first failure, or the parent's reason */
  async ended(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    this.#child.dispose();
    this.#child.signal.throwIfAborted();
  }
  fail(cause: unknown): void {
    this.#child.abort(cause);
  }
}
