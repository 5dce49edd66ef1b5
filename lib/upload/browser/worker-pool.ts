import { TIGHT_LEVEL } from '../levels';
import type { Clock, PreparedSegment, PrepareJob, SegmentWorkers, SliceJob, SourceFile } from '../ports';
import { FileUnreadableError, WorkerFailedError } from '../upload-errors';
import { BrowserFile } from './browser-file';
import type { FromSegmentWorker, SegmentAnswer, ToSegmentWorker } from './segment-messages';
import { StandStill } from './stand-still';
import type { WorkerLike } from './worker-like';

type Job = {
  readonly message: ToSegmentWorker;
  readonly resolve: (answer: SegmentAnswer) => void;
  readonly reject: (cause: unknown) => void;
  isAbandoned: boolean;
  /** Of a job that runs: ends its worker, where nobody should wait for the rest of it. */
  stop: () => void;
};

/**
 * A worker without a sign for so long, or half as long again, is ended. It gives one each second while it reads; what follows the last piece, compressing and
 * hashing, is chosen to take 20 seconds at most (AdaptiveLevel), and takes fewer but for the tightest levels.
 */
export const SILENT_WORKER_MS = 90_000;

/**
 * Web Workers that prepare segments. A job that runs cannot be interrupted: when it is aborted its caller goes on at once, and its
 * worker takes the next job when it is done, or is replaced where that may take long. A worker that fails or falls silent is ended and replaced, which also gives back its memory.
 */
export class WorkerPool implements SegmentWorkers {
  readonly concurrency: number;
  readonly #create: () => WorkerLike;
  readonly #clock: Clock;
  #idle: WorkerLike[] = [];
  readonly #busy = new Set<WorkerLike>();
  #queue: Job[] = [];

  constructor(create: () => WorkerLike, concurrency: number, clock: Clock) {
    this.#create = create;
    this.#clock = clock;
    this.concurrency = concurrency;
  }

  async prepare({ source, start, end, encoding, level }: PrepareJob, signal: AbortSignal): Promise<PreparedSegment> {
    const answer = await this.#run({ type: 'prepare', blob: blobOf(source), start, end, encoding, level }, signal);
    if (answer.type === 'prepared') return answer.segment;
    throw failureOf(answer);
  }
  async hash({ source, start, end }: SliceJob, signal: AbortSignal): Promise<string> {
    const answer = await this.#run({ type: 'hash', blob: blobOf(source), start, end }, signal);
    if (answer.type === 'hashed') return answer.rawSha256;
    throw failureOf(answer);
  }
  wake(): void {
    while (this.#idle.length + this.#busy.size < this.concurrency) this.#keep(this.#create());
  }
  rest(): void {
    for (const worker of this.#idle) worker.terminate();
    this.#idle = [];
  }

  #run(message: ToSegmentWorker, signal: AbortSignal): Promise<SegmentAnswer> {
    return new Promise<SegmentAnswer>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const abort = () => {
        job.isAbandoned = true;
        job.stop();
        this.#queue = this.#queue.filter((waiting) => waiting !== job);
        reject(signal.reason);
      };
      const settled = <T>(end: (value: T) => void) => (value: T) => {
        signal.removeEventListener('abort', abort);
        end(value);
      };
      const job: Job = { message, resolve: settled(resolve), reject: settled(reject), isAbandoned: false, stop: () => undefined };
      signal.addEventListener('abort', abort, { once: true });
      this.#queue.push(job);
      this.#next();
    });
  }
  #next(): void {
    while (this.#queue.length > 0 && this.#busy.size < this.concurrency) {
      const job = this.#queue.shift();
      if (job) this.#give(this.#idle.pop() ?? this.#create(), job);
    }
  }
  #give(worker: WorkerLike, job: Job): void {
    this.#busy.add(worker);
    const lost = (sentence: string) => {
      silence.end();
      this.#done(worker, true);
      if (!job.isAbandoned) job.reject(new WorkerFailedError(sentence));
    };
    const silence = new StandStill(this.#clock, SILENT_WORKER_MS, () => lost('The worker gave no sign.'));
    worker.onmessage = ({ data }: MessageEvent<unknown>) => {
      const said = data as FromSegmentWorker;
      if (said.type === 'goes-on') return silence.sign();
      silence.end();
      this.#done(worker, said.type === 'failed' && said.reason === 'worker-failed');
      if (!job.isAbandoned) job.resolve(said);
    };
    worker.onerror = () => lost('The worker ended.');
    if (job.message.type === 'prepare' && job.message.level > TIGHT_LEVEL) job.stop = () => lost('The worker was not waited for.');
    worker.postMessage(job.message);
  }
  #done(worker: WorkerLike, isBroken: boolean): void {
    this.#busy.delete(worker);
    worker.onmessage = null;
    worker.onerror = null;
    if (isBroken) worker.terminate();
    else this.#keep(worker);
    this.#next();
  }
  /** One that ends while it has nothing to do, such as one whose script cannot be fetched, must get no job. */
  #keep(worker: WorkerLike): void {
    worker.onerror = () => {
      this.#idle = this.#idle.filter((other) => other !== worker);
      worker.terminate();
    };
    this.#idle.push(worker);
  }
}

function blobOf(source: SourceFile): Blob {
  if (source instanceof BrowserFile) return source.blob;
  throw new TypeError('The worker pool reads files of the browser only.');
}

function failureOf(answer: SegmentAnswer): Error {
  const isUnreadable = answer.type === 'failed' && answer.reason === 'file-unreadable';
  return isUnreadable ? new FileUnreadableError('The file cannot be read.') : new WorkerFailedError('The worker could not prepare the segment.');
}
