import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock';
import { FileUnreadableError, WorkerFailedError } from '../upload-errors';
import { BrowserFile } from './browser-file';
import type { FromSegmentWorker, ToSegmentWorker } from './segment-messages';
import { SILENT_WORKER_MS, WorkerPool } from './worker-pool';

class FakeWorker {
  onmessage: Worker['onmessage'] = null;
  onerror: Worker['onerror'] = null;
  readonly jobs: ToSegmentWorker[] = [];
  isTerminated = false;
  postMessage(job: unknown): void {
    this.jobs.push(job as ToSegmentWorker);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  answer(message: FromSegmentWorker): void {
    this.onmessage?.call(this as unknown as Worker, { data: message } as MessageEvent);
  }
  die(): void {
    this.onerror?.call(this as unknown as Worker, {} as ErrorEvent);
  }
}

function pool(concurrency = 2) {
  const workers: FakeWorker[] = [];
  const create = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const source = new BrowserFile(new File(['0123456789'], 'a.log'));
  const hash = (signal = new AbortController().signal) => made.hash({ source, start: 0, end: 10 }, signal);
  const clock = new FakeClock();
  const made = new WorkerPool(create, concurrency, clock);
  return { pool: made, workers, hash, source, clock };
}
const hashed = (rawSha256: string): FromSegmentWorker => ({ type: 'hashed', rawSha256 });

describe('the pool of workers', () => {
  it('starts workers when they are needed, no more than allowed, and uses them again', async () => {
    const { workers, hash } = pool(2);
    const answers = [hash(), hash(), hash()];
    expect(workers.map((worker) => worker.jobs.length)).toEqual([1, 1]);
    workers[0]?.answer(hashed('one'));
    workers[1]?.answer(hashed('two'));
    workers[0]?.answer(hashed('three'));
    expect(await Promise.all(answers)).toEqual(['one', 'two', 'three']);
    expect(workers.map((worker) => worker.jobs.length)).toEqual([2, 1]);
  });

  it('starts them before there is work where it is told to, and replaces one that ends meanwhile', async () => {
    const { pool: made, workers, hash } = pool(2);
    made.wake();
    made.wake();
    expect(workers).toHaveLength(2);
    workers[1]?.die();
    expect(workers[1]?.isTerminated).toBe(true);
    const answers = [hash(), hash()];
    expect(workers.map((worker) => worker.jobs.length)).toEqual([1, 0, 1]);
    workers[0]?.answer(hashed('one'));
    workers[2]?.answer(hashed('two'));
    expect(await Promise.all(answers)).toEqual(['one', 'two']);
  });

  it('gives the file by reference, and the job as it was asked for', async () => {
    const { pool: made, workers, source } = pool(1);
    void made.prepare({ source, start: 2, end: 8, encoding: 'raw', level: 6 }, new AbortController().signal).catch(() => undefined);
    expect(workers[0]?.jobs[0]).toEqual({ type: 'prepare', blob: source.blob, start: 2, end: 8, encoding: 'raw', level: 6 });
  });

  it('lets an aborted caller go on at once, and gives the worker its next job only when it is done', async () => {
    const { workers, hash } = pool(1);
    const controller = new AbortController();
    const first = hash(controller.signal);
    const second = hash();
    controller.abort(new Error('paused'));
    await expect(first).rejects.toThrow('paused');
    expect(workers[0]?.jobs).toHaveLength(1);
    workers[0]?.answer(hashed('late'));
    workers[0]?.answer(hashed('two'));
    expect(await second).toBe('two');
  });

  it('forgets what is aborted before its turn', async () => {
    const { workers, hash } = pool(1);
    const first = hash();
    const controller = new AbortController();
    const second = hash(controller.signal);
    controller.abort(new Error('cancelled'));
    await expect(second).rejects.toThrow('cancelled');
    workers[0]?.answer(hashed('one'));
    expect(await first).toBe('one');
    expect(workers[0]?.jobs).toHaveLength(1);
  });

  it('replaces a worker that died, and one that could not do its work', async () => {
    const { workers, hash } = pool(1);
    const first = hash();
    workers[0]?.die();
    await expect(first).rejects.toThrow(WorkerFailedError);
    const second = hash();
    workers[1]?.answer({ type: 'failed', reason: 'worker-failed' });
    await expect(second).rejects.toThrow(WorkerFailedError);
    expect(workers.slice(0, 2).map((worker) => worker.isTerminated)).toEqual([true, true]);
    const third = hash();
    workers[2]?.answer(hashed('three'));
    expect(await third).toBe('three');
  });

  it('replaces a worker that gives no sign any more, counted from its last one, and watches none that has answered', async () => {
    const { workers, hash, clock } = pool(1);
    const first = hash();
    await clock.advance(SILENT_WORKER_MS - 1);
    workers[0]?.answer({ type: 'goes-on' });
    await clock.advance(SILENT_WORKER_MS);
    expect(workers[0]?.isTerminated).toBe(false);
    const refused = expect(first).rejects.toThrow(WorkerFailedError);
    await clock.advance(SILENT_WORKER_MS / 2 + 1);
    await refused;
    expect(workers[0]?.isTerminated).toBe(true);
    const second = hash();
    workers[1]?.answer(hashed('two'));
    expect(await second).toBe('two');
    expect(clock.pending).toBe(0);
  });

  it('waits for no worker that is at a slow level for nobody', async () => {
    const { pool: made, workers, hash, source, clock } = pool(1);
    const prepare = (level: 6 | 7, signal: AbortSignal) => made.prepare({ source, start: 0, end: 10, encoding: 'raw', level }, signal);
    for (const [level, isEnded] of [[6, false], [7, true]] as const) {
      const controller = new AbortController();
      const given = prepare(level, controller.signal);
      controller.abort(new Error('paused'));
      await expect(given).rejects.toThrow('paused');
      expect(workers.at(-1)?.isTerminated, `level ${level}`).toBe(isEnded);
      if (!isEnded) workers.at(-1)?.answer({ type: 'failed', reason: 'file-unreadable' });
    }
    const next = hash();
    workers.at(-1)?.answer(hashed('next'));
    expect(await next).toBe('next');
    expect([workers.length, clock.pending]).toEqual([2, 0]);
  });

  it('ends no worker because the device slept', async () => {
    const { workers, hash, clock } = pool(1);
    const first = hash();
    await clock.sleep(10 * SILENT_WORKER_MS);
    await clock.advance(SILENT_WORKER_MS / 2 - 1);
    expect(workers[0]?.isTerminated).toBe(false);
    workers[0]?.answer(hashed('one'));
    expect(await first).toBe('one');
  });

  it('gives the worker of an abandoned job back too where it fell silent', async () => {
    const { workers, hash, clock } = pool(1);
    const controller = new AbortController();
    const first = hash(controller.signal);
    const second = hash();
    controller.abort(new Error('paused'));
    await expect(first).rejects.toThrow('paused');
    await clock.advance(SILENT_WORKER_MS);
    expect(workers.map((worker) => [worker.isTerminated, worker.jobs.length])).toEqual([[true, 1], [false, 1]]);
    workers[1]?.answer(hashed('two'));
    expect(await second).toBe('two');
  });

  it('tells an unreadable file from a broken worker, which it keeps', async () => {
    const { workers, hash } = pool(1);
    const first = hash();
    workers[0]?.answer({ type: 'failed', reason: 'file-unreadable' });
    await expect(first).rejects.toThrow(FileUnreadableError);
    void hash();
    expect(workers).toHaveLength(1);
  });

  it('ends its workers when there is nothing to do, and starts others later', async () => {
    const { pool: made, workers, hash } = pool(1);
    const first = hash();
    workers[0]?.answer(hashed('one'));
    await first;
    made.rest();
    expect(workers[0]?.isTerminated).toBe(true);
    void hash();
    expect(workers).toHaveLength(2);
  });
});

describe('a file of the browser', () => {
  it('reads slices, and says plainly that it cannot be read', async () => {
    const { source } = pool();
    expect(new TextDecoder().decode(await source.read(3, 6))).toBe('345');
    const gone = { slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }) };
    Object.defineProperty(source, 'blob', { value: gone });
    await expect(source.read(0, 1)).rejects.toThrow(FileUnreadableError);
  });
});
