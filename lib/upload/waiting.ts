import type { Clock } from './ports';

/** Waiting that an AbortSignal ends at once, by rejecting with the signal's reason. Nothing here knows real time. */

/** Settles when `start` calls back, or rejects when `signal` aborts; `start` returns how to undo its registration. */
export function untilCalled<T>(signal: AbortSignal, start: (done: (value: T) => void) => () => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    let undo: () => void = () => undefined;
    const onAbort = () => {
      undo();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    undo = start((value) => {
      signal.removeEventListener('abort', onAbort);
      resolve(value);
    });
  });
}

/** What `promise` becomes, or a rejection as soon as `signal` aborts, whether or not the work minds the signal. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Waits on the given clock. */
export function sleep(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return untilCalled<void>(signal, (done) => clock.after(milliseconds, () => done()));
}

/**
 * A signal that follows `parent` and can be aborted by itself. `dispose` lets go of the parent, so that a long-lived
 * parent does not collect listeners.
 */
export function childSignal(parent: AbortSignal): { signal: AbortSignal; abort: (reason: unknown) => void; dispose: () => void } {
  const controller = new AbortController();
  const follow = () => controller.abort(parent.reason);
  if (parent.aborted) follow();
  else parent.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    dispose: () => parent.removeEventListener('abort', follow),
  };
}

/** Closed or open; who comes to a closed one waits. */
export class Gate {
  #waiting = new Set<() => void>();
  #closed = false;
  #generation = 0;

  /** How often it was opened again. */
  get generation(): number {
    return this.#generation;
  }
  get isClosed(): boolean {
    return this.#closed;
  }
  /** True where it was open before. */
  close(): boolean {
    const wasOpen = !this.#closed;
    this.#closed = true;
    return wasOpen;
  }
  open(): void {
    this.#closed = false;
    this.#generation += 1;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const proceed of waiting) proceed();
  }
  async pass(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.#closed) {
      await untilCalled<void>(signal, (done) => {
        this.#waiting.add(done);
        return () => this.#waiting.delete(done);
      });
    }
  }
}

/** What was taken from a {@link Budget}. Giving back twice does nothing. */
export interface Share {
  /** Keeps only `amount` of it; never more than it was. */
  shrinkTo(amount: number): void;
  release(): void;
}

/**
 * A counted resource (slots or bytes) shared in the order of asking. A single request above the whole is granted when
 * nothing else is out, so that a large segment never waits for ever.
 */
export class Budget {
  #queue: { amount: number; grant: (share: Share) => void }[] = [];
  #used = 0;
  #total: number;

  constructor(total: number) {
    this.#total = total;
  }
  get used(): number {
    return this.#used;
  }
  get total(): number {
    return this.#total;
  }
  get waiting(): number {
    return this.#queue.length;
  }
  /** From now on there is this much in all. What is out already stays out, also where that is more. */
  resize(total: number): void {
    this.#total = total;
    this.#serve();
  }
  take(amount: number, signal: AbortSignal): Promise<Share> {
    return untilCalled<Share>(signal, (grant) => {
      const request = { amount, grant };
      this.#queue.push(request);
      this.#serve();
      return () => {
        this.#queue = this.#queue.filter((waiting) => waiting !== request);
        this.#serve();
      };
    });
  }
  #serve(): void {
    for (let next = this.#queue[0]; next && this.#fits(next.amount); next = this.#queue[0]) {
      this.#queue.shift();
      this.#used += next.amount;
      next.grant(this.#share(next.amount));
    }
  }
  #fits(amount: number): boolean {
    return this.#used === 0 || this.#used + amount <= this.#total;
  }
  #share(amount: number): Share {
    let held = amount;
    const keep = (rest: number) => {
      if (rest >= held) return;
      this.#used -= held - rest;
      held = rest;
      this.#serve();
    };
    return { shrinkTo: keep, release: () => keep(0) };
  }
}

/** Takes from several budgets, in the order given: whoever takes them in the same order everywhere cannot lock up. */
export async function takeAll(requests: readonly (readonly [budget: Budget, amount: number])[], signal: AbortSignal): Promise<Share[]> {
  const shares: Share[] = [];
  try {
    for (const [budget, amount] of requests) shares.push(await budget.take(amount, signal));
    return shares;
  } catch (cause) {
    for (const share of shares) share.release();
    throw cause;
  }
}
