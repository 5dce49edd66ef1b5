import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What leaves at once after a pause, so that the timer's grain does not slow the link. */
const BURST_MS = 10;

/**
 * A TCP proxy on loopback that lets through so many bytes a second towards `target`, over all its connections together, in the order
 * in which they come. The way back is free: answers to a PUT are small.
 */
export class LimitedLink {
  readonly #server: Server;
  readonly #bytesPerMs: number;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #freeAtMs = 0;
  #cut: { readonly atBytes: number; readonly done: () => void } | null = null;
  /** Towards the target since the link was opened. */
  sentBytes = 0;

  constructor(target: number, bytesPerSecond: number) {
    this.#bytesPerMs = bytesPerSecond / 1000;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#join(client, connect({ port: target, host: '127.0.0.1', allowHalfOpen: true })));
  }

  /** @returns the port that it listens on */
  async open(): Promise<number> {
    await new Promise<void>((resolve, reject) => this.#server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }
  async close(): Promise<void> {
    this.#cutAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }
  /** Cuts every connection, once, when so many bytes have passed; resolves then. */
  cutAt(atBytes: number): Promise<void> {
    return new Promise((done) => (this.#cut = { atBytes, done }));
  }

  #join(client: Socket, target: Socket): void {
    const pair = [client, target] as const;
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      client.destroy();
      target.destroy();
    };
    for (const socket of pair) socket.setNoDelay(true).on('error', end).on('close', end);
    target.pipe(client);
    // One chunk of a connection waits at a time, and the end of what the client sends waits for it.
    let passing = 0;
    let isEnded = false;
    const endWhenPassed = () => {
      if (isEnded && passing === 0) target.end();
    };
    client.on('end', () => {
      isEnded = true;
      endWhenPassed();
    });
    client.on('data', (chunk: Buffer) => {
      passing += 1;
      this.#pass(chunk, client, target, () => {
        passing -= 1;
        endWhenPassed();
      });
    });
  }
  #pass(chunk: Buffer, client: Socket, target: Socket, passed: () => void): void {
    this.#freeAtMs = Math.max(this.#freeAtMs, performance.now() - BURST_MS) + chunk.length / this.#bytesPerMs;
    client.pause();
    this.#later(() => {
      if (target.destroyed) return;
      this.sentBytes += chunk.length;
      if (target.write(chunk)) client.resume();
      else target.once('drain', () => client.resume());
      passed();
      if (this.#cut && this.sentBytes >= this.#cut.atBytes) this.#cutAll();
    });
  }
  #later(action: () => void): void {
    const wait = this.#freeAtMs - performance.now();
    if (wait < 1) action();
    else setTimeout(action, wait);
  }
  #cutAll(): void {
    for (const sockets of [...this.#pairs]) for (const socket of sockets) socket.resetAndDestroy();
    this.#cut?.done();
    this.#cut = null;
  }
}
