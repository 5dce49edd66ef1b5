import type { PreparedSegment } from './ports';

const WINDOW_MS = 15_000;
const SAMPLE_EVERY_MS = 250;
/** Below this much time a speed would be a guess. */
const ENOUGH_MS = 500;

type Sample = { readonly atMs: number; readonly sentBytes: number; readonly rawBytes: number };
type InFlight = { readonly rawBytes: number; readonly bytes: number; sent: number };

export interface ProgressNumbers {
  /** Raw bytes that are stored, and the share of those on their way. */
  readonly rawBytesDone: number;
  /** Compressed bytes sent since the page was opened. */
  readonly sentBytes: number;
  /** Compressed bytes to send in all since the page was opened; null until the first segment says how well the file compresses. */
  readonly expectedBytes: number | null;
  /** Null while nothing moves. */
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** The share of the raw bytes that compression saved, 0 to 1; null until known. */
  readonly savedRatio: number | null;
}

/** Counts what one file has read, made, sent and stored. */
export class FileProgress {
  readonly #sizeBytes: number;
  readonly #storedIndexes = new Set<number>();
  readonly #inFlight = new Map<number, InFlight>();
  #storedRaw = 0;
  #storedBytes = 0;
  #madeRaw = 0;
  #madeBytes = 0;
  #samples: Sample[] = [];

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }
  get storedCount(): number {
    return this.#storedIndexes.size;
  }
  /** Forgets what is stored, before it is learnt from the portal again. */
  restart(): void {
    this.#storedIndexes.clear();
    this.#storedRaw = 0;
    this.stopped();
  }
  /** Nothing is in flight any more, and the speed of before says nothing about later. */
  stopped(): void {
    this.#inFlight.clear();
    this.#samples = [];
  }
  foundStored(index: number, rawBytes: number): void {
    if (this.#storedIndexes.has(index)) return;
    this.#storedIndexes.add(index);
    this.#storedRaw += rawBytes;
  }
  made(index: number, segment: PreparedSegment): void {
    this.#madeRaw += segment.rawSizeBytes;
    this.#madeBytes += segment.sizeBytes;
    this.#inFlight.set(index, { rawBytes: segment.rawSizeBytes, bytes: segment.sizeBytes, sent: 0 });
  }
  sent(index: number, sentBytes: number, nowMs: number): void {
    const segment = this.#inFlight.get(index);
    if (!segment) return;
    segment.sent = Math.min(sentBytes, segment.bytes);
    this.#sample(nowMs);
  }
  stored(index: number, nowMs: number): void {
    const segment = this.#inFlight.get(index);
    if (!segment) return;
    this.#inFlight.delete(index);
    this.#storedBytes += segment.bytes;
    this.foundStored(index, segment.rawBytes);
    this.#sample(nowMs);
  }
  /** The portal no longer finds a segment that was stored. */
  lost(index: number, rawBytes: number): void {
    if (this.#storedIndexes.delete(index)) this.#storedRaw -= rawBytes;
  }

  numbers(nowMs: number): ProgressNumbers {
    const { sentBytes, rawBytes } = this.#done();
    const ratio = this.#madeRaw === 0 ? null : this.#madeBytes / this.#madeRaw;
    const speed = this.#speed(nowMs);
    const rawLeft = Math.max(0, this.#sizeBytes - rawBytes);
    return {
      rawBytesDone: Math.min(this.#sizeBytes, Math.floor(rawBytes)),
      sentBytes,
      expectedBytes: ratio === null ? null : this.#expected(ratio),
      bytesPerSecond: speed === null ? null : speed.sent,
      secondsLeft: speed === null || speed.raw <= 0 ? null : Math.ceil(rawLeft / speed.raw),
      savedRatio: ratio === null ? null : Math.max(0, 1 - ratio),
    };
  }

  #done(): { sentBytes: number; rawBytes: number } {
    let sentBytes = this.#storedBytes;
    let rawBytes = this.#storedRaw;
    for (const segment of this.#inFlight.values()) {
      sentBytes += segment.sent;
      rawBytes += segment.rawBytes * (segment.sent / segment.bytes);
    }
    return { sentBytes, rawBytes };
  }
  #expected(ratio: number): number {
    let bytes = this.#storedBytes;
    let rawLeft = this.#sizeBytes - this.#storedRaw;
    for (const segment of this.#inFlight.values()) {
      bytes += segment.bytes;
      rawLeft -= segment.rawBytes;
    }
    return bytes + Math.round(Math.max(0, rawLeft) * ratio);
  }
  #sample(nowMs: number): void {
    const last = this.#samples.at(-1);
    if (last && nowMs - last.atMs < SAMPLE_EVERY_MS) return;
    const { sentBytes, rawBytes } = this.#done();
    this.#samples.push({ atMs: nowMs, sentBytes, rawBytes });
    const oldest = this.#samples.findIndex((sample) => nowMs - sample.atMs <= WINDOW_MS);
    if (oldest > 0) this.#samples.splice(0, oldest);
  }
  #speed(nowMs: number): { sent: number; raw: number } | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    // After a sleep of the device the samples of before would tell a speed of hours ago.
    if (!first || !last || nowMs - first.atMs < ENOUGH_MS || nowMs - last.atMs > WINDOW_MS) return null;
    const { sentBytes, rawBytes } = this.#done();
    const seconds = (nowMs - first.atMs) / 1000;
    return { sent: Math.max(0, (sentBytes - first.sentBytes) / seconds), raw: Math.max(0, (rawBytes - first.rawBytes) / seconds) };
  }
}
