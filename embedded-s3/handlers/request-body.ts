import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { announcedTrailers, type Checksum, type ExpectedDigests, readExpectedDigests, startChecksum, verifyDigests } from '../checksum/checksums';
import { S3Error } from '../errors';
import { type RequestHeaders } from '../request-headers';
import { type Authentication } from '../signature/authenticate';
import { decodeAwsChunked, type Trailers } from '../signature/aws-chunked';
import { receiveBody, type ReceivedBody } from '../store/receive-body';

/** The largest object of a single PUT (Amazon S3 quotas). */
const MAX_OBJECT_BYTES = 5 * 1024 ** 3;

/** The wire side of a body. Reading it sends `100 Continue` first where the client waits for that. */
export type OpenSource = () => AsyncIterator<Buffer>;

/** A body whose length is known and allowed, and which has not been read yet. */
export interface RequestBody {
  /** Reads everything into memory; MaxMessageLengthExceeded above `limitBytes`. Verified as for `receive`. */
  readAll(limitBytes: number): Promise<Buffer>;
  /** Streams into a temporary file and verifies length, signatures and checksums. On any error nothing is left. */
  receive(temporaryFolder: string): Promise<{ body: ReceivedBody; checksum: Checksum | undefined }>;
  /** What the headers say the body will be. Throws InvalidDigest, InvalidRequest. */
  expectedDigests(): ExpectedDigests;
  /** Throws MissingContentLength, EntityTooLarge, before a byte is read. */
  checkLength(): void;
}

function parseLength(text: string | undefined): number {
  if (text === undefined || !/^[0-9]{1,16}$/.test(text)) throw new S3Error('MissingContentLength');
  return Number(text);
}

/** Bytes of the object, not of the wire: aws-chunked framing is left out. */
function objectLength(headers: RequestHeaders, authentication: Authentication): number {
  if (authentication.payload.kind === 'aws-chunked') return parseLength(headers.get('x-amz-decoded-content-length'));
  if (headers.has('transfer-encoding')) throw new S3Error('NotImplemented', { message: 'A header you provided implies functionality that is not implemented', details: { Header: 'Transfer-Encoding' } });
  return parseLength(headers.get('content-length'));
}

async function* drain(source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (;;) {
    const next = await source.next();
    if (next.done) return;
    yield next.value;
  }
}

class SignedRequestBody implements RequestBody {
  private readonly trailers: Trailers = new Map();

  constructor(
    private readonly headers: RequestHeaders,
    private readonly authentication: Authentication,
    private readonly openSource: OpenSource,
  ) {}

  checkLength(): void {
    const length = objectLength(this.headers, this.authentication);
    if (length > MAX_OBJECT_BYTES) throw new S3Error('EntityTooLarge', { details: { ProposedSize: String(length), MaxSizeAllowed: String(MAX_OBJECT_BYTES) } });
  }

  expectedDigests(): ExpectedDigests {
    return readExpectedDigests(this.headers);
  }

  private decoded(): AsyncIterable<Buffer> {
    const { payload, chain } = this.authentication;
    const source = this.openSource();
    if (payload.kind !== 'aws-chunked') return drain(source);
    const decodedLength = objectLength(this.headers, this.authentication);
    return decodeAwsChunked({ source, payload, chain, decodedLength, announcedTrailers: announcedTrailers(this.headers), trailers: this.trailers });
  }

  private checkPayloadHash(sha256Hex: string | undefined): void {
    const { payload } = this.authentication;
    if (payload.kind !== 'sha256' || payload.hex === sha256Hex) return;
    throw new S3Error('XAmzContentSHA256Mismatch', { details: { ClientComputedContentSHA256: payload.hex, S3ComputedContentSHA256: sha256Hex ?? '' } });
  }

  async receive(temporaryFolder: string): Promise<{ body: ReceivedBody; checksum: Checksum | undefined }> {
    this.checkLength();
    const expected = this.expectedDigests();
    const body = await receiveBody(temporaryFolder, this.decoded(), { sha256Hex: this.authentication.payload.kind === 'sha256', checksum: expected.checksum?.algorithm });
    try {
      if (body.sizeBytes !== objectLength(this.headers, this.authentication)) throw new S3Error('IncompleteBody');
      this.checkPayloadHash(body.sha256Hex);
      return { body, checksum: verifyDigests(expected, this.trailers, body) };
    } catch (error) {
      await rm(body.temporaryFile, { force: true });
      throw error;
    }
  }

  async readAll(limitBytes: number): Promise<Buffer> {
    const expected = this.expectedDigests();
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of this.decoded()) {
      length += piece.length;
      if (length > limitBytes) throw new S3Error('MaxMessageLengthExceeded', { details: { MaxMessageLengthBytes: String(limitBytes) } });
      pieces.push(piece);
    }
    const whole = Buffer.concat(pieces);
    this.checkPayloadHash(createHash('sha256').update(whole).digest('hex'));
    const checksum = expected.checksum && startChecksum(expected.checksum.algorithm);
    checksum?.update(whole);
    verifyDigests(expected, this.trailers, { md5: createHash('md5').update(whole).digest(), checksum: checksum?.digest() });
    return whole;
  }
}

export function signedRequestBody(headers: RequestHeaders, authentication: Authentication, openSource: OpenSource): RequestBody {
  return new SignedRequestBody(headers, authentication, openSource);
}
