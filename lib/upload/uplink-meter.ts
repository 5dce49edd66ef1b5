import type { Clock } from './ports';

/** Busy milliseconds after which older traffic counts half. */
const HALF_AFTER_MS = 8000;
/** Below this much traffic the link is not known. */
const ENOUGH_MS = 250;
/** A longer step between two ends of PUTs counts as this: in it the device slept, or the link stood still. */
const LONGEST_STEP_MS = 60_000;

/**
 * What the uplink does: bytes that storage acknowledged by the time that anything was in flight. While compression
 * is the slower part this is a lower bound, which is all that choosing a level needs. Before the first acknowledgement, what has
 * left the device in how long bounds it from above: a slow link is known before the first segment has passed it.
 */
export class UplinkMeter {
  #inFlight = 0;
  #busySince = 0;
  #busyMs = 0;
  #bytes = 0;
  #bytesLeft = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }
  /** A PUT begins. */
  begin(): void {
    this.#inFlight += 1;
    if (this.#inFlight === 1) this.#busySince = this.#clock.now();
  }
  /** So many bytes more of a PUT have left the device; they may still lie in a buffer on the way. */
  left(bytes: number): void {
    this.#bytesLeft += bytes;
  }
  /**
   * @param bytes of the PUT that ends
   * @param left how many of them were told to {@link left}
   */
  end(bytes: number, left: number, isAcknowledged: boolean): void {
    const now = this.#clock.now();
    this.#busyMs += Math.min(LONGEST_STEP_MS, now - this.#busySince);
    this.#busySince = now;
    this.#inFlight -= 1;
    this.#bytesLeft -= left;
    if (isAcknowledged) this.#bytes += bytes;
    while (this.#busyMs > HALF_AFTER_MS) {
      this.#busyMs /= 2;
      this.#bytes /= 2;
    }
  }
  /** Null while nothing is known. */
  bytesPerSecond(): number | null {
    if (this.#bytes > 0) return this.#busyMs < ENOUGH_MS ? null : (this.#bytes / this.#busyMs) * 1000;
    const waitedMs = this.#inFlight === 0 ? 0 : this.#clock.now() - this.#busySince;
    return waitedMs < ENOUGH_MS ? null : (Math.max(1, this.#bytesLeft) / waitedMs) * 1000;
  }
}
