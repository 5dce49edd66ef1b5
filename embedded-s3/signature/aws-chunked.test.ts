import { describe, expect, it } from 'vitest';
import { type S3Error } from '../errors';
import { decodeAwsChunked, type DecodeChunkedInput, type Trailers } from './aws-chunked';
import { deriveSigningKey } from './canonical-request';

// "Signature calculations for the Authorization header: transferring payload in multiple chunks", plain and with trailing headers.
const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
const signingKey = deriveSigningKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', scope);
const chain = (seedSignature: string) => ({ signingKey, scope, dateTime: '20130524T000000Z', seedSignature });
const PLAIN_SEED = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9';
const TRAILER_SEED = '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e';
const first = 'a'.repeat(65_536);
const second = 'a'.repeat(1024);

const plainBody = [
  `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n${first}\r\n`,
  `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${second}\r\n`,
  '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n',
].join('');
const trailerBody = [
  `10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n${first}\r\n`,
  `400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n${second}\r\n`,
  '0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n',
  'x-amz-checksum-crc32c:sOO8/Q==\r\n',
  'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n',
].join('');

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

interface Variation extends Partial<DecodeChunkedInput> {
  pieceBytes?: number;
}

async function decode(text: string, variation: Variation = {}): Promise<{ length: number; trailers: Trailers }> {
  const trailers: Trailers = new Map();
  let length = 0;
  const input = { payload: { kind: 'aws-chunked', signed: true, trailer: false }, chain: chain(PLAIN_SEED), decodedLength: 66_560, announcedTrailers: [], trailers, ...variation } as const;
  for await (const piece of decodeAwsChunked({ ...input, source: inPieces(text, variation.pieceBytes ?? 1000) })) length += piece.length;
  return { length, trailers };
}

const withTrailer = { payload: { kind: 'aws-chunked', signed: true, trailer: true }, chain: chain(TRAILER_SEED), announcedTrailers: ['x-amz-checksum-crc32c'] } as const;
const unsigned = { payload: { kind: 'aws-chunked', signed: false, trailer: true }, announcedTrailers: ['x-amz-checksum-crc32'] } as const;
const refusal = (attempt: Promise<unknown>): Promise<string> => attempt.then(() => 'accepted', (error: S3Error) => error.code);

describe('signed chunks', () => {
  it.each([1, 7, 1000, 70_000])("accepts AWS's published body in pieces of %i bytes", async (pieceBytes) => {
    expect((await decode(plainBody, { pieceBytes })).length).toBe(66_560);
  });

  it("accepts AWS's published body with a signed trailer", async () => {
    const { trailers } = await decode(trailerBody, withTrailer);
    expect([...trailers]).toEqual([['x-amz-checksum-crc32c', 'sOO8/Q==']]);
  });

  it('refuses a changed byte, a changed signature and a missing one', async () => {
    expect(await refusal(decode(plainBody.replace('aaaa', 'aaab')))).toBe('SignatureDoesNotMatch');
    expect(await refusal(decode(plainBody.replace('ad80c', 'ad80d')))).toBe('SignatureDoesNotMatch');
    expect(await refusal(decode(plainBody.replace(/;chunk-signature=ad80\w+/, '')))).toBe('SignatureDoesNotMatch');
    expect(await refusal(decode(trailerBody.replace('sOO8', 'sOO9'), withTrailer))).toBe('SignatureDoesNotMatch');
    expect(await refusal(decode(trailerBody.replace(/x-amz-trailer-signature:\w+\r\n/, ''), withTrailer))).toBe('SignatureDoesNotMatch');
  });

  it('refuses a dropped chunk, because each signature is chained to the one before', async () => {
    expect(await refusal(decode(plainBody.slice(plainBody.indexOf('400;'))))).toBe('SignatureDoesNotMatch');
  });
});

describe('unsigned chunks with a trailer', () => {
  const body = (data: string, trailer = 'x-amz-checksum-crc32:AAAAAA==\r\n') => `${data.length.toString(16)}\r\n${data}\r\n0\r\n${trailer}\r\n`;

  it('reads data and trailer', async () => {
    const { length, trailers } = await decode(body('hello'), { ...unsigned, decodedLength: 5 });
    expect([length, trailers.get('x-amz-checksum-crc32')]).toEqual([5, 'AAAAAA==']);
  });

  it('refuses another length than was announced, and a body that stops', async () => {
    expect(await refusal(decode(body('hello'), { ...unsigned, decodedLength: 4 }))).toBe('IncompleteBody');
    expect(await refusal(decode(body('hello'), { ...unsigned, decodedLength: 6 }))).toBe('IncompleteBody');
    expect(await refusal(decode('5\r\nhel', { ...unsigned, decodedLength: 5 }))).toBe('IncompleteBody');
    expect(await refusal(decode('5\r\nhello\r\n', { ...unsigned, decodedLength: 5 }))).toBe('IncompleteBody');
  });

  it('refuses trailers that are missing, not announced or malformed', async () => {
    for (const trailer of ['', 'x-amz-meta-a:b\r\n', 'nonsense\r\n', 'x-amz-checksum-crc32:AAAAAA==\r\nx-amz-checksum-crc32:AAAAAA==\r\n']) {
      expect(await refusal(decode(body('hello', trailer), { ...unsigned, decodedLength: 5 }))).toBe('MalformedTrailerError');
    }
  });

  it('refuses framing that is not framing, and a line without an end', async () => {
    for (const text of ['zz\r\nhello', '-5\r\nhello', `${'f'.repeat(5000)}`, '5\r\nhelloXX0\r\n\r\n']) {
      expect(await refusal(decode(text, { ...unsigned, decodedLength: 5 }))).toBe('InvalidRequest');
    }
  });

  it('refuses a small chunk that is not the last one', async () => {
    expect(await refusal(decode('2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n', { ...unsigned, announcedTrailers: [], decodedLength: 4 }))).toBe('InvalidChunkSizeError');
  });
});
