import { describe, expect, it } from 'vitest';
import { NetworkError, WorkerFailedError } from '../upload-errors';
import type { FromSender, ToSender } from './send-messages';
import { RENEW_AFTER_BYTES, WorkerTransport } from './worker-transport';
import { parseS3Error } from './xhr-transport';

class FakeSender {
  onmessage: Worker['onmessage'] = null;
  onerror: Worker['onerror'] = null;
  readonly heard: ToSender[] = [];
  isTerminated = false;
  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.heard.push(structuredClone(message, { transfer }) as ToSender);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  say(message: FromSender): void {
    this.onmessage?.call(this as unknown as Worker, { data: message } as MessageEvent);
  }
  die(): void {
    this.onerror?.call(this as unknown as Worker, {} as ErrorEvent);
  }
  get put(): number {
    const message = this.heard.findLast((heard) => heard.type === 'put');
    return message?.type === 'put' ? message.put : 0;
  }
}

function transport() {
  const senders: FakeSender[] = [];
  const made = new WorkerTransport(() => {
    const sender = new FakeSender();
    senders.push(sender);
    return sender;
  });
  const sender = () => senders.at(-1) as FakeSender;
  return { made, senders, sender };
}
const request = (signal = new AbortController().signal, onProgress: (sentBytes: number) => void = () => undefined) => ({ url: 'https://storage.test/a', headers: { 'if-none-match': '*' }, onProgress, signal });
const stored = { status: 200, errorCode: null, errorMessage: null, retryAfterSeconds: null };

describe('the transport by a worker', () => {
  it('moves a body once, sends it as often as asked, and frees it', async () => {
    const { made, sender } = transport();
    const bytes = Uint8Array.of(1, 2, 3).buffer;
    const body = made.load(bytes);
    expect(bytes.byteLength).toBe(0);
    for (const status of [503, 200]) {
      const answer = body.put(request());
      sender().say({ type: 'answer', put: sender().put, answer: { ...stored, status } });
      expect((await answer).status).toBe(status);
    }
    body.release();
    expect(sender().heard.map((message) => message.type)).toEqual(['load', 'put', 'put', 'release']);
  });

  it('tells progress of the right PUT, and none after its end', async () => {
    const { made, sender } = transport();
    const seen: number[] = [];
    const answer = made.load(new ArrayBuffer(4)).put(request(undefined, (sentBytes) => seen.push(sentBytes)));
    const { put } = sender();
    sender().say({ type: 'progress', put, sentBytes: 2 });
    sender().say({ type: 'progress', put: put + 99, sentBytes: 3 });
    sender().say({ type: 'answer', put, answer: stored });
    sender().say({ type: 'progress', put, sentBytes: 4 });
    await answer;
    expect(seen).toEqual([2]);
  });

  it('aborts in the worker and answers at once with the reason', async () => {
    const { made, sender } = transport();
    const controller = new AbortController();
    const answer = made.load(new ArrayBuffer(4)).put(request(controller.signal));
    controller.abort(new Error('paused'));
    await expect(answer).rejects.toThrow('paused');
    expect(sender().heard.at(-1)).toEqual({ type: 'abort', put: sender().put });
    sender().say({ type: 'failed', put: sender().put });
  });

  it('calls no answer a network error', async () => {
    const { made, sender } = transport();
    const answer = made.load(new ArrayBuffer(4)).put(request());
    sender().say({ type: 'failed', put: sender().put });
    await expect(answer).rejects.toThrow(NetworkError);
  });

  it('hands over to another worker after so many bytes, and ends the first with its last body', async () => {
    const { made, senders } = transport();
    const bodies = [made.load(new ArrayBuffer(RENEW_AFTER_BYTES)), made.load(new ArrayBuffer(4))];
    const [first, second] = senders as [FakeSender, FakeSender];
    expect(second.heard, 'it does not run yet').toEqual([]);
    second.say({ type: 'ready' });
    bodies.push(made.load(new ArrayBuffer(4)));
    expect(senders).toHaveLength(2);
    expect([first, second].map(({ heard }) => heard.filter(({ type }) => type === 'load').length)).toEqual([2, 1]);
    const answer = bodies[0]?.put(request());
    first.say({ type: 'answer', put: first.put, answer: stored });
    expect((await answer)?.status).toBe(200);
    expect(first.isTerminated).toBe(false);
    for (const body of bodies) body.release();
    expect([first.isTerminated, second.isTerminated]).toEqual([true, false]);
    await expect(bodies[0]?.put(request())).rejects.toThrow(WorkerFailedError);
  });

  it('goes on with the worker that it has where another cannot be started, and tries again', () => {
    const { made, senders } = transport();
    made.load(new ArrayBuffer(RENEW_AFTER_BYTES));
    for (const attempt of [1, 2]) {
      made.load(new ArrayBuffer(4));
      expect(senders).toHaveLength(1 + attempt);
      senders[attempt]?.die();
    }
    made.load(new ArrayBuffer(4));
    senders[3]?.say({ type: 'ready' });
    made.load(new ArrayBuffer(4));
    expect(senders.map(({ heard }) => heard.filter(({ type }) => type === 'load').length)).toEqual([4, 0, 0, 1]);
  });

  it('fails what was with a worker that died, and goes on with another', async () => {
    const { made, senders, sender } = transport();
    const body = made.load(new ArrayBuffer(4));
    const answer = body.put(request());
    sender().die();
    await expect(answer).rejects.toThrow(WorkerFailedError);
    await expect(body.put(request())).rejects.toThrow(WorkerFailedError);
    body.release();
    const next = made.load(new ArrayBuffer(4)).put(request());
    expect(senders).toHaveLength(2);
    sender().say({ type: 'answer', put: sender().put, answer: stored });
    expect((await next).status).toBe(200);
  });
});

describe("S3's error", () => {
  it('is read for its code and message, and nothing is made of anything else', () => {
    expect(parseS3Error('<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>')).toEqual({ errorCode: 'AccessDenied', errorMessage: 'Request has expired' });
    for (const text of ['', '<html>', `<Code>${'x'.repeat(9999)}</Code>`]) expect(parseS3Error(text)).toEqual({ errorCode: null, errorMessage: null });
  });
});
