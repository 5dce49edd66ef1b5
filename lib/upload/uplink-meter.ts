import type { Clock } from './ports';

/** Busy milliseconds after which older traffic counts half. */
const HALF_AFTER_MS = 8000;
/** Below this much traffic the link is not known. */
const ENOUGH_MS = 250;

/**
 * What the uplink does: bytes that storage acknowledged by the time that anything was in flight. While compression
 * is the slower part this is a lower bound, which is all that choosing a level needs.
 */
export class UplinkMeter {
  #inFlight = 0;
  #busySince = 0;
  #busyMs = 0;
  #bytes = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }
  begin(): void {
    this.#inFlight += 1;
    if (this.#inFlight === 1) this.#busySince = this.#clock.now();
  }
  /** @param acknowledgedBytes 0 where the attempt failed */
  end(acknowledgedBytes: number): void {
    const now = this.#clock.now();
    this.#busyMs += now - this.#busySince;
    this.#busySince = now;
    this.#inFlight -= 1;
    this.#bytes += acknowledgedBytes;
    if (this.#busyMs > HALF_AFTER_MS) {
      this.#busyMs /= 2;
      this.#bytes /= 2;
    }
  }
  /** Null until something was acknowledged. */
  bytesPerSecond(): number | null {
    return this.#bytes === 0 || this.#busyMs < ENOUGH_MS ? null : (this.#bytes / this.#busyMs) * 1000;
  }
}
