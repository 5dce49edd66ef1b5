import { createServer, type IncomingMessage, request as httpRequest, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { cut, cutAnswer, refuse, tellAnswer, untilClosed } from './answers';
import { type ExchangeFault, type FaultPlan } from './plan-faults';

/** What one PUT of a segment cost: the bytes of its body that came from the client. */
export type SentPut = { readonly key: string; bytes: number; readonly fault: ExchangeFault['kind'] | null };

type Moment = { readonly atBytes: number; readonly action: () => Promise<void> };
type Exchange = { readonly incoming: IncomingMessage; readonly answer: ServerResponse; readonly url: URL; readonly fault: ExchangeFault | null; readonly put: SentPut | null };

const PRESIGNED = /[?&]X-Amz-Signature=/;

/**
 * An HTTP forward proxy on loopback for one client (a browser context with `proxy`, or curl with `http_proxy`), which breaks what its
 * plan says. The Host header stays as it is, so signatures (SigV4 signs the host) hold, and the portal need not know of it. Faults
 * are counted by exchanges and by bytes, never by time.
 */
export class FaultProxy {
  readonly puts: SentPut[] = [];
  readonly #server: Server;
  readonly #bytesPerSecond: number | null;
  readonly #faults: ExchangeFault[];
  #moments: Moment[] = [];
  #seen = { put: 0, portal: 0 };
  #sentBytes = 0;
  #held: Promise<void> = Promise.resolve();
  #outage: { left: number; readonly isOver: () => void } | null = null;
  #waiting: { left: number; readonly done: () => void }[] = [];
  /** When the slow link has passed on all that came so far, on the clock of `performance`. */
  #linkFreeAt = 0;

  constructor(plan: Pick<FaultPlan, 'exchanges' | 'bytesPerSecond'>) {
    this.#faults = [...plan.exchanges];
    this.#bytesPerSecond = plan.bytesPerSecond;
    this.#server = createServer((incoming, answer) => void this.#meet(incoming, answer).catch(() => cut(incoming, answer)));
    // A tunnel would hide what is to be broken; everything on loopback is plain HTTP.
    this.#server.on('connect', (_incoming, socket) => socket.destroy());
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Its address, once it listens. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
  /** Faults and moments of the plan that did not happen yet. */
  get unmet(): number {
    return this.#faults.length + this.#moments.length;
  }
  /** Runs `action` once so many bytes of bodies went to storage; no byte moves on before it is done. */
  at(atBytes: number, action: () => Promise<void>): void {
    this.#moments.push({ atBytes, action });
  }
  /** The network is away: what is on its way is cut, and nothing gets through until so many requests were tried in vain and so long passed. */
  async outage(refusals: number, milliseconds = 0): Promise<void> {
    const refused = new Promise<void>((isOver) => {
      this.#outage = { left: refusals, isOver };
      this.#server.closeAllConnections();
    });
    await Promise.all([refused, pass(milliseconds)]);
    this.#outage = null;
  }
  /** Resolves when so many more requests have come, of whatever sort. */
  untilTried(requests: number): Promise<void> {
    return new Promise((done) => this.#waiting.push({ left: requests, done }));
  }

  async #meet(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    this.#countRequest();
    if (this.#outage) {
      this.#outage.left -= 1;
      if (this.#outage.left <= 0) this.#outage.isOver();
      return cut(incoming, answer);
    }
    const url = new URL(incoming.url ?? '');
    const isPut = incoming.method === 'PUT' && PRESIGNED.test(url.search);
    const isPortalCall = url.pathname.startsWith('/api/v1/');
    const fault = isPut ? this.#next('put') : isPortalCall ? this.#next('portal') : null;
    const put: SentPut | null = isPut ? { key: decodeURIComponent(url.pathname), bytes: 0, fault: fault?.kind ?? null } : null;
    if (put) this.puts.push(put);
    if (fault?.does === 'answer') {
      await this.#takeBody(incoming, put);
      return refuse(incoming, answer, fault);
    }
    await this.#handOn({ incoming, answer, url, fault, put });
  }

  #countRequest(): void {
    for (const waiting of this.#waiting) waiting.left -= 1;
    for (const { done } of this.#waiting.filter(({ left }) => left <= 0)) done();
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
  }

  #next(target: 'put' | 'portal'): ExchangeFault | null {
    this.#seen[target] += 1;
    const at = this.#faults.findIndex((fault) => fault.target === target && fault.nth <= this.#seen[target]);
    return at < 0 ? null : (this.#faults.splice(at, 1)[0] ?? null);
  }

  async #handOn(exchange: Exchange): Promise<void> {
    const { incoming, answer, url, fault } = exchange;
    const upstream = httpRequest(url, { method: incoming.method, headers: incoming.headers, agent: false });
    const answered = new Promise<IncomingMessage>((resolve, reject) => upstream.once('response', resolve).once('error', reject));
    answered.catch(() => undefined);
    // Storage may answer and close before it has read all; what is written after that fails, and matters no more.
    upstream.on('error', () => undefined);
    answer.once('close', () => upstream.destroy());
    if (!(await this.#passBody(exchange, upstream, answered))) {
      upstream.destroy();
      if (fault?.does === 'stall') await untilClosed(answer);
      return cut(incoming, answer);
    }
    upstream.end();
    const reply = await answered;
    if (fault?.does === 'lose-answer') {
      reply.resume();
      // Only when storage has ended its answer is it certain that it did what it was asked.
      await untilClosed(reply, 'end');
      return cut(incoming, answer);
    }
    if (fault?.does === 'cut-answer') return cutAnswer(answer, reply, fault.share);
    tellAnswer(answer, reply);
  }

  /** False where the plan, or an upstream that is gone, keeps it from passing whole. */
  async #passBody({ incoming, fault, put }: Exchange, upstream: ReturnType<typeof httpRequest>, answered: Promise<IncomingMessage>): Promise<boolean> {
    const length = Number(incoming.headers['content-length'] ?? 0);
    // The last byte never passes where the request is to be broken.
    const isBroken = fault?.does === 'cut-request' || fault?.does === 'stall';
    const limit = isBroken ? Math.min(length - 1, Math.floor(length * fault.share)) : Infinity;
    let passed = 0;
    let state: 'open' | 'answered' | 'gone' = 'open';
    let goOn: () => void = () => undefined;
    const change = (next: typeof state) => () => {
      state = next;
      goOn();
    };
    upstream.on('drain', () => goOn());
    answered.then(change('answered'), change('gone'));
    const isGone = () => state === 'gone';
    // A request that is to stand still is left open, with what it still has to say unread.
    for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (put) await this.#count(put, Math.min(chunk.length, limit - passed));
      if (passed + chunk.length > limit || isGone()) return false;
      passed += chunk.length;
      if (!upstream.write(chunk) && state === 'open') await new Promise<void>((resolve) => (goOn = resolve));
    }
    return limit === Infinity && !isGone();
  }

  async #takeBody(incoming: IncomingMessage, put: SentPut | null): Promise<void> {
    for await (const chunk of incoming as AsyncIterable<Buffer>) if (put) await this.#count(put, chunk.length);
  }

  /** Counts what goes to storage as fast as the link lets it through, and stops at each moment until its action is done. */
  async #count(put: SentPut, bytes: number): Promise<void> {
    const before = this.#held;
    await before;
    await this.#passLink(bytes);
    put.bytes += bytes;
    this.#sentBytes += bytes;
    const due = this.#moments.filter(({ atBytes }) => atBytes <= this.#sentBytes);
    if (due.length === 0) return this.#held;
    this.#moments = this.#moments.filter((moment) => !due.includes(moment));
    this.#held = due.reduce((held, { action }) => held.then(action), this.#held);
    await this.#held;
  }

  async #passLink(bytes: number): Promise<void> {
    if (this.#bytesPerSecond === null) return;
    const now = performance.now();
    this.#linkFreeAt = Math.max(this.#linkFreeAt, now) + (bytes / this.#bytesPerSecond) * 1000;
    await pass(this.#linkFreeAt - now);
  }
}
