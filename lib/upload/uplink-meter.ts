import type { Clock } from './ports';

/** Busy milliseconds after which older traffic counts half. */
const HALF_AFTER_MS = 8000;
/** Below this much traffic the link is not known. */
const ENOUGH_MS = 250;
/** A longer step between two ends of PUTs counts as this: in it the device slept, or the link stood still. */
const LONGEST_STEP_MS = 60_000;

/**
 * What the uplink does: bytes that storage acknowledged, and half of those in flight, by the time that anything was in flight. How much
 * of a PUT has left the device does not tell: several megabytes may lie in buffers on the way. While compression is the slower part this is
 * a lower bound, which is all that choosing a level needs.
 */
export class UplinkMeter {
  #inFlight = 0;
  #busySince = 0;
  #busyMs = 0;
  #acknowledgedBytes = 0;
  #flyingBytes = 0;
  #heldBytes = 0;
  #isMeasured = false;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A PUT of so many bytes begins. @returns what to call once, when it ends */
  begin(bytes: number): (isAcknowledged: boolean) => void {
    this.#flyingBytes += bytes;
    this.#inFlight += 1;
    if (this.#inFlight === 1) this.#busySince = this.#clock.now();
    return (isAcknowledged) => {
      this.#busyMs += this.#stepMs();
      this.#busySince = this.#clock.now();
      this.#inFlight -= 1;
      this.#flyingBytes -= bytes;
      if (isAcknowledged) this.#acknowledgedBytes += bytes;
      this.#isMeasured ||= isAcknowledged;
      while (this.#busyMs > HALF_AFTER_MS) this.#forgetHalf();
    };
  }
  /** A segment of so many bytes is made, and waits or flies until what is returned is called. */
  hold(bytes: number): () => void {
    this.#heldBytes += bytes;
    return () => {
      this.#heldBytes -= bytes;
    };
  }

  /** Something was acknowledged; before that the rate is a guess by what is in flight. */
  get isMeasured(): boolean {
    return this.#isMeasured;
  }
  /** Null while nothing is known. */
  bytesPerSecond(): number | null {
    const busyMs = this.#busyMs + this.#stepMs();
    return busyMs < ENOUGH_MS ? null : (Math.max(1, this.#carriedBytes()) / busyMs) * 1000;
  }
  /** For how long the link has something to carry, in milliseconds; null while it is not known. */
  backlogMs(): number | null {
    const rate = this.bytesPerSecond();
    return rate === null ? null : ((this.#heldBytes - this.#flyingBytes / 2) / rate) * 1000;
  }

  #stepMs(): number {
    return this.#inFlight === 0 ? 0 : Math.min(LONGEST_STEP_MS, this.#clock.now() - this.#busySince);
  }
  #carriedBytes(): number {
    return this.#acknowledgedBytes + this.#flyingBytes / 2;
  }
  /** The rate stays as it is. */
  #forgetHalf(): void {
    this.#acknowledgedBytes = Math.max(0, this.#carriedBytes() / 2 - this.#flyingBytes / 2);
    this.#busyMs /= 2;
  }
}
