import { createHash } from 'node:crypto';
import { S3Error } from '../errors';
import { type Authentication, type Payload } from './authenticate';
import { EMPTY_SHA256, equalInConstantTime, scopeText, sha256Hex, sign } from './canonical-request';

const MIN_CHUNK_BYTES = 8192;
const MAX_LINE_BYTES = 1024;
const MAX_TRAILER_LINES = 16;

/** Trailing headers of an aws-chunked body, filled once the body has been read to its end. */
export type Trailers = Map<string, string>;

/** Pulls lines and byte runs out of a stream of buffers, holding at most one line. */
class ByteReader {
  private pending: Buffer = Buffer.alloc(0);
  constructor(private readonly source: AsyncIterator<Buffer>) {}

  private async fill(): Promise<boolean> {
    const next = await this.source.next();
    if (next.done) return false;
    this.pending = this.pending.length === 0 ? next.value : Buffer.concat([this.pending, next.value]);
    return true;
  }

  /** One line without its CRLF; undefined at the end of the stream. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.pending.indexOf('\r\n');
      if (end >= 0 && end <= MAX_LINE_BYTES) {
        const line = this.pending.subarray(0, end).toString('latin1');
        this.pending = this.pending.subarray(end + 2);
        return line;
      }
      if (end > MAX_LINE_BYTES || this.pending.length > MAX_LINE_BYTES + 2) throw new S3Error('InvalidRequest', { message: 'The aws-chunked framing of the body is malformed.' });
      if (!(await this.fill())) {
        if (this.pending.length === 0) return undefined;
        throw new S3Error('IncompleteBody');
      }
    }
  }

  /** At least one and at most `limit` bytes. */
  async some(limit: number): Promise<Buffer> {
    while (this.pending.length === 0) if (!(await this.fill())) throw new S3Error('IncompleteBody');
    const run = this.pending.subarray(0, limit);
    this.pending = this.pending.subarray(run.length);
    return run;
  }
}

/** The chain of chunk signatures: each signs its data and the signature before it, so no chunk can be changed, moved or dropped. */
class SignatureChain {
  private previous: string;
  constructor(private readonly chain: Authentication['chain']) {
    this.previous = chain.seedSignature;
  }

  private link(algorithm: string, hashes: string[], provided: string): void {
    const { signingKey, scope, dateTime } = this.chain;
    const toSign = [algorithm, dateTime, scopeText(scope), this.previous, ...hashes].join('\n');
    if (!equalInConstantTime(sign(signingKey, toSign), provided)) throw new S3Error('SignatureDoesNotMatch', { details: { StringToSign: toSign, SignatureProvided: provided } });
    this.previous = provided;
  }

  chunk(dataSha256: string, provided: string): void {
    this.link('AWS4-HMAC-SHA256-PAYLOAD', [EMPTY_SHA256, dataSha256], provided);
  }

  trailer(canonicalTrailers: string, provided: string): void {
    this.link('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(canonicalTrailers)], provided);
  }
}

function parseChunkHeader(line: string, signed: boolean): { size: number; signature: string } {
  const parts = /^([0-9a-fA-F]{1,13})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
  if (parts === null) throw new S3Error('InvalidRequest', { message: 'The aws-chunked framing of the body is malformed.' });
  if (signed && parts[2] === undefined) throw new S3Error('SignatureDoesNotMatch');
  return { size: Number.parseInt(parts[1]!, 16), signature: parts[2] ?? '' };
}

async function readTrailers(reader: ByteReader, trailers: Trailers, announced: readonly string[], chain: SignatureChain | undefined): Promise<void> {
  let signature: string | undefined;
  let canonical = '';
  for (let lines = 0; ; lines += 1) {
    const line = await reader.line();
    if (line === undefined || line === '') break;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (colon < 1 || lines >= MAX_TRAILER_LINES || trailers.has(name)) throw new S3Error('MalformedTrailerError');
    if (name === 'x-amz-trailer-signature') signature = value;
    else if (!announced.includes(name)) throw new S3Error('MalformedTrailerError');
    else {
      trailers.set(name, value);
      canonical += `${name}:${value}\n`;
    }
  }
  if (announced.some((name) => !trailers.has(name))) throw new S3Error('MalformedTrailerError');
  chain?.trailer(canonical, signature ?? '');
}

export interface DecodeChunkedInput {
  source: AsyncIterator<Buffer>;
  payload: Extract<Payload, { kind: 'aws-chunked' }>;
  chain: Authentication['chain'];
  /** x-amz-decoded-content-length */
  decodedLength: number;
  /** Names in x-amz-trailer, lower case. */
  announcedTrailers: readonly string[];
  trailers: Trailers;
}

/**
 * Yields the data of an aws-chunked body and checks its framing, its chunk signatures and its trailer signature
 * (Amazon S3: "Signature calculations … transferring payload in multiple chunks", with and without trailing headers).
 * Data is yielded before its chunk is proven: a reader must throw away everything when this throws.
 */
export async function* decodeAwsChunked(input: DecodeChunkedInput): AsyncGenerator<Buffer> {
  const reader = new ByteReader(input.source);
  const chain = input.payload.signed ? new SignatureChain(input.chain) : undefined;
  let total = 0;
  let previousSize = MIN_CHUNK_BYTES;
  for (;;) {
    const line = await reader.line();
    if (line === undefined) throw new S3Error('IncompleteBody');
    const { size, signature } = parseChunkHeader(line, input.payload.signed);
    if (size > 0 && previousSize < MIN_CHUNK_BYTES) throw new S3Error('InvalidChunkSizeError');
    previousSize = size;
    total += size;
    if (total > input.decodedLength) throw new S3Error('IncompleteBody');
    const hash = chain ? createHash('sha256') : undefined;
    for (let left = size; left > 0; ) {
      const run = await reader.some(left);
      left -= run.length;
      hash?.update(run);
      yield run;
    }
    if (hash) chain!.chunk(hash.digest('hex'), signature);
    if (size === 0) break;
    if ((await reader.line()) !== '') throw new S3Error('InvalidRequest', { message: 'The aws-chunked framing of the body is malformed.' });
  }
  if (total !== input.decodedLength) throw new S3Error('IncompleteBody');
  if (input.payload.trailer) await readTrailers(reader, input.trailers, input.announcedTrailers, chain);
  else await reader.line();
}
