import { createServer, type IncomingMessage, request as httpRequest, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type AnswerFault, type ExchangeFault, type FaultPlan } from './plan-faults';

/** What one PUT of a segment cost: the bytes of its body that were handed on to storage. */
export type SentPut = { readonly key: string; bytes: number; fault: ExchangeFault['kind'] | null };

type Moment = { readonly atBytes: number; readonly action: () => Promise<void> };

const PRESIGNED = /[?&]X-Amz-Signature=/;

/**
 * An HTTP forward proxy on loopback for one client (a browser context with `proxy`, or curl with `http_proxy`), which breaks what its
 * plan says. The Host header stays as it is, so signatures (SigV4 signs the host) hold, and the portal need not know of it. Faults
 * are counted by exchanges and by bytes, never by time.
 */
export class FaultProxy {
  readonly puts: SentPut[] = [];
  readonly #server: Server;
  readonly #faults: ExchangeFault[];
  #moments: Moment[] = [];
  #seen = { put: 0, portal: 0 };
  #sentBytes = 0;
  #held: Promise<void> = Promise.resolve();
  #outage: { left: number; readonly isOver: () => void } | null = null;

  constructor(plan: FaultPlan) {
    this.#faults = [...plan.exchanges];
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
  /** Runs `action` once so many bytes of bodies went to storage; no byte moves on before it is done. */
  at(atBytes: number, action: () => Promise<void>): void {
    this.#moments.push({ atBytes, action });
  }
  /** The network is away: what is on its way is cut, and nothing gets through until so many requests were tried in vain. */
  async outage(refusals: number): Promise<void> {
    await new Promise<void>((isOver) => {
      this.#outage = { left: refusals, isOver };
      this.#server.closeAllConnections();
    });
  }

  async #meet(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (this.#outage) {
      this.#outage.left -= 1;
      if (this.#outage.left <= 0) {
        this.#outage.isOver();
        this.#outage = null;
      }
      return cut(incoming, answer);
    }
    const url = new URL(incoming.url ?? '');
    const isPut = incoming.method === 'PUT' && PRESIGNED.test(url.search);
    const isPortalCall = url.pathname.startsWith('/api/v1/');
    const fault = isPut ? this.#next('put') : isPortalCall ? this.#next('portal') : null;
    const put: SentPut | null = isPut ? { key: decodeURIComponent(url.pathname), bytes: 0, fault: fault?.kind ?? null } : null;
    if (put) this.puts.push(put);
    if (fault?.kind === 'answer') return refuse(incoming, answer, fault);
    await this.#handOn({ incoming, answer, url, fault, put });
  }

  #next(target: 'put' | 'portal'): ExchangeFault | null {
    this.#seen[target] += 1;
    const at = this.#faults.findIndex((fault) => fault.target === target && fault.nth <= this.#seen[target]);
    return at < 0 ? null : (this.#faults.splice(at, 1)[0] ?? null);
  }

  async #handOn({ incoming, answer, url, fault, put }: { incoming: IncomingMessage; answer: ServerResponse; url: URL; fault: ExchangeFault | null; put: SentPut | null }): Promise<void> {
    const upstream = httpRequest(url, { method: incoming.method, headers: incoming.headers, agent: false });
    const answered = new Promise<IncomingMessage>((resolve, reject) => upstream.once('response', resolve).once('error', reject));
    answered.catch(() => undefined);
    // Storage may answer and close before it has read all; what is written after that fails, and matters no more.
    upstream.on('error', () => undefined);
    answer.once('close', () => upstream.destroy());
    const length = Number(incoming.headers['content-length'] ?? 0);
    // The whole request arrives where the answer is to be lost; a reset never lets the last byte through.
    const limit = fault?.kind === 'reset-request' ? Math.min(length - 1, Math.floor(length * fault.share)) : Infinity;
    let passed = 0;
    let isAnswered = false;
    let goOn: () => void = () => undefined;
    upstream.on('drain', () => goOn());
    const onAnswer = () => {
      isAnswered = true;
      goOn();
    };
    answered.then(onAnswer, onAnswer);
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      if (put) await this.#count(put, Math.min(chunk.length, limit - passed));
      if (passed + chunk.length > limit) {
        upstream.destroy();
        return cut(incoming, answer);
      }
      passed += chunk.length;
      if (!upstream.write(chunk) && !isAnswered) await new Promise<void>((resolve) => (goOn = resolve));
    }
    upstream.end();
    const reply = await answered;
    if (fault?.kind === 'lose-answer') {
      reply.resume();
      // Only when storage has ended its answer is it certain that it did what it was asked.
      await new Promise((resolve) => reply.once('end', resolve).once('close', resolve));
      return cut(incoming, answer);
    }
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.on('error', () => answer.destroy());
    reply.pipe(answer);
  }

  /** Counts what goes to storage, and stops at each moment until its action is done. */
  async #count(put: SentPut, bytes: number): Promise<void> {
    const before = this.#held;
    await before;
    put.bytes += bytes;
    this.#sentBytes += bytes;
    const due = this.#moments.filter(({ atBytes }) => atBytes <= this.#sentBytes);
    if (due.length === 0) return this.#held;
    this.#moments = this.#moments.filter((moment) => !due.includes(moment));
    this.#held = due.reduce((held, { action }) => held.then(action), this.#held);
    await this.#held;
  }
}

function cut(incoming: IncomingMessage, answer: ServerResponse): void {
  // A request that was read to its end has let go of its socket; the answer still holds it.
  (answer.socket ?? incoming.socket)?.destroy();
  answer.destroy();
}

/** An answer in the words of S3, readable by the page as S3's own is, after the whole request was taken from the client. */
async function refuse(incoming: IncomingMessage, answer: ServerResponse, { status, code, message }: AnswerFault): Promise<void> {
  for await (const chunk of incoming) void chunk;
  const origin = incoming.headers.origin;
  answer.writeHead(status, { 'content-type': 'application/xml', ...(origin ? { 'access-control-allow-origin': origin } : {}) });
  answer.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
