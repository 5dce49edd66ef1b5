import { type IncomingMessage, type ServerResponse } from 'node:http';

/** What is left of a refused body is read away up to here, so that the sender sees the answer and not a reset connection. */
const MAX_DISCARDED_BYTES = 256 * 1024 * 1024;

/** The body on the wire: read at most once, and at the end always read away or cut off. */
export class WireBody {
  private iterator: AsyncIterator<Buffer> | undefined;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly waitsForContinue: boolean,
  ) {}

  /** A client that sent `Expect: 100-continue` sends its body only after this: everything was checked that can be checked without it. */
  open(): AsyncIterator<Buffer> {
    if (this.iterator === undefined) {
      if (this.waitsForContinue) this.response.writeContinue();
      // The stream must outlive an early end of reading, or no answer could be sent.
      this.iterator = this.request.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]();
    }
    return this.iterator;
  }

  /** The body was promised and never asked for: the connection cannot be used again. */
  get mustClose(): boolean {
    return this.waitsForContinue && this.iterator === undefined;
  }

  /** Call before the answer is sent. */
  async discardRest(): Promise<void> {
    await this.iterator?.return?.();
    if (this.request.readableEnded || this.request.destroyed || this.mustClose) return;
    let discarded = 0;
    this.request.on('data', (piece: Buffer) => {
      discarded += piece.length;
      if (discarded > MAX_DISCARDED_BYTES) this.request.destroy();
    });
    this.request.on('error', () => undefined);
    this.request.resume();
  }
}
