import { createGunzip, type Gunzip } from 'node:zlib';
import { type QuarantineReason } from '@/domain/file-states';

/** What is wrong with bytes that should be a gzip stream. */
export class GzipError extends Error {
  override readonly name = 'GzipError';
  constructor(readonly reason: Extract<QuarantineReason, 'not_gzip' | 'truncated' | 'trailing_bytes'>) {
    super(reason);
  }
}

const CHUNK_BYTES = 256 * 1024;

type Options = {
  /** Zero bytes after the last member are padding, as gzip(1) takes them; without this nothing may follow it. */
  readonly allowZeroPadding: boolean;
};

/**
 * Unpacks one gzip stream of one or more members (RFC 1952) and yields its content; memory stays flat. The whole
 * input has to be that stream: Node's own Gunzip is quiet about whatever follows a zero byte after a member, and this is not.
 * Throws GzipError, or whatever `source` throws. A consumer that stops early ends the source too.
 */
export async function* gunzipStrictly(source: AsyncIterable<Uint8Array>, { allowZeroPadding }: Options): AsyncGenerator<Buffer, void, undefined> {
  const feeder = new Feeder(createGunzip({ chunkSize: CHUNK_BYTES }), allowZeroPadding);
  const fed = feeder.run(source);
  try {
    for await (const chunk of feeder.gunzip as AsyncIterable<Buffer>) yield chunk;
    // The content has ended; what the source still holds has to be read to know that it is padding.
    await fed;
  } catch (error) {
    throw feeder.reasonOf(error);
  } finally {
    feeder.gunzip.destroy();
    await fed.catch(() => undefined);
  }
}

/** Writes a source into `gunzip`, and keeps count of what of it belongs to the stream. */
class Feeder {
  private taken = 0;
  private ended = false;
  private magic = Buffer.alloc(0);
  private readonly closed: Promise<false>;

  constructor(
    readonly gunzip: Gunzip,
    private readonly allowZeroPadding: boolean,
  ) {
    this.closed = new Promise((resolve) => gunzip.once('close', () => resolve(false)));
  }

  /** Rejects, and destroys `gunzip`, with what the source failed with or with what trails the stream. */
  async run(source: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of source) {
        if (this.gunzip.destroyed) return;
        if (chunk.length > 0 && !(await this.take(chunk))) return;
      }
      if (!this.ended) this.gunzip.end();
    } catch (error) {
      this.gunzip.destroy(error instanceof Error ? error : new Error('The source failed.'));
      throw error;
    }
  }

  private async take(chunk: Uint8Array): Promise<boolean> {
    let rest = chunk;
    if (!this.ended) {
      if (this.magic.length < 2) this.magic = Buffer.concat([this.magic, chunk.subarray(0, 2)]);
      const written = new Promise<boolean>((resolve) => this.gunzip.write(chunk, (error) => resolve(!error)));
      if (!(await Promise.race([written, this.closed]))) return false;
      this.taken += chunk.length;
      // zlib takes every byte that belongs to a member; what it leaves comes after the last one.
      const left = this.taken - this.gunzip.bytesWritten;
      this.ended = left > 0;
      rest = chunk.subarray(chunk.length - left);
    }
    if (this.ended && !(this.allowZeroPadding && rest.every((byte) => byte === 0))) throw new GzipError('trailing_bytes');
    return true;
  }

  /** zlib's errors as reasons. Where the first member began as one, a bad header is that of something that trails it. */
  reasonOf(error: unknown): unknown {
    if (!(error instanceof Error) || !('code' in error)) return error;
    if (error.code === 'Z_BUF_ERROR') return new GzipError('truncated');
    if (error.code !== 'Z_DATA_ERROR' && error.code !== 'Z_NEED_DICT') return error;
    const began = this.magic[0] === 0x1f && this.magic[1] === 0x8b;
    return new GzipError(began && error.message === 'incorrect header check' ? 'trailing_bytes' : 'not_gzip');
  }
}
