import { createHash } from 'node:crypto';
import { S3Error } from '../errors';
import { type RequestHeaders } from '../request-headers';
import { type Trailers } from '../signature/aws-chunked';
import { crc32, crc32c, crc64nvme, type RunningChecksum } from './crc';

export type ChecksumAlgorithm = 'crc32' | 'crc32c' | 'crc64nvme' | 'sha1' | 'sha256';

const BYTES: Record<ChecksumAlgorithm, number> = { crc32: 4, crc32c: 4, crc64nvme: 8, sha1: 20, sha256: 32 };
const ALGORITHMS = Object.keys(BYTES) as ChecksumAlgorithm[];
const PREFIX = 'x-amz-checksum-';
const NOT_A_VALUE = new Set(['x-amz-checksum-mode', 'x-amz-checksum-type', 'x-amz-checksum-algorithm']);

export interface Checksum {
  algorithm: ChecksumAlgorithm;
  /** base64 */
  value: string;
}

/** What the request says that the body has to be. */
export interface ExpectedDigests {
  contentMd5: string | undefined;
  /** The checksum to compute and keep; its value comes from a header, or from a trailer that follows the body. */
  checksum: { algorithm: ChecksumAlgorithm; value: string | undefined } | undefined;
}

export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `${PREFIX}${algorithm}`;

export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  if (algorithm === 'crc32') return crc32();
  if (algorithm === 'crc32c') return crc32c();
  if (algorithm === 'crc64nvme') return crc64nvme();
  const hash = createHash(algorithm);
  return { update: (data) => void hash.update(data), digest: () => hash.digest('base64') };
}

const isBase64Of = (text: string, bytes: number): boolean => {
  const decoded = Buffer.from(text, 'base64');
  return decoded.length === bytes && decoded.toString('base64') === text;
};

function algorithmOf(headerName: string): ChecksumAlgorithm {
  const algorithm = ALGORITHMS.find((known) => headerName === checksumHeader(known));
  if (algorithm === undefined) throw new S3Error('NotImplemented', { message: `The checksum header ${headerName} is not implemented.` });
  return algorithm;
}

function checkedValue(algorithm: ChecksumAlgorithm, value: string): string {
  if (!isBase64Of(value, BYTES[algorithm])) throw new S3Error('InvalidRequest', { message: `Value for ${checksumHeader(algorithm)} header is invalid.` });
  return value;
}

function checkDeclaredAlgorithm(declared: string | undefined, algorithm: ChecksumAlgorithm | undefined): void {
  if (declared === undefined) return;
  if (algorithm === undefined) {
    throw new S3Error('InvalidRequest', { message: 'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.' });
  }
  if (declared.toLowerCase() !== algorithm) throw new S3Error('InvalidRequest', { message: 'Value for x-amz-sdk-checksum-algorithm header is invalid.' });
}

/** The names that x-amz-trailer announces, in lower case. */
export function announcedTrailers(headers: RequestHeaders): string[] {
  return (headers.get('x-amz-trailer') ?? '').split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
}

/** Reads Content-MD5 and x-amz-checksum-*, and refuses malformed or contradicting ones before the body is read. */
export function readExpectedDigests(headers: RequestHeaders): ExpectedDigests {
  const contentMd5 = headers.get('content-md5');
  if (contentMd5 !== undefined && !isBase64Of(contentMd5, 16)) throw new S3Error('InvalidDigest', { details: { 'Content-MD5': contentMd5 } });
  const inHeaders = [...headers.keys()].filter((name) => name.startsWith(PREFIX) && !NOT_A_VALUE.has(name));
  const inTrailers = announcedTrailers(headers).filter((name) => name.startsWith(PREFIX));
  if (inHeaders.length + inTrailers.length > 1) {
    throw new S3Error('InvalidRequest', { message: 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.' });
  }
  const name = inHeaders[0] ?? inTrailers[0];
  const algorithm = name === undefined ? undefined : algorithmOf(name);
  checkDeclaredAlgorithm(headers.get('x-amz-sdk-checksum-algorithm'), algorithm);
  if (algorithm === undefined) return { contentMd5, checksum: undefined };
  const value = inHeaders.length > 0 ? checkedValue(algorithm, headers.get(name!)!) : undefined;
  return { contentMd5, checksum: { algorithm, value } };
}

/** Compares what was computed with what was expected. Throws BadDigest; returns the checksum to keep with the object. */
export function verifyDigests(expected: ExpectedDigests, trailers: Trailers, computed: { md5: Buffer; checksum: string | undefined }): Checksum | undefined {
  const md5 = computed.md5.toString('base64');
  if (expected.contentMd5 !== undefined && expected.contentMd5 !== md5) {
    throw new S3Error('BadDigest', { details: { ExpectedDigest: expected.contentMd5, CalculatedDigest: md5 } });
  }
  if (expected.checksum === undefined) return undefined;
  const { algorithm } = expected.checksum;
  const value = expected.checksum.value ?? checkedValue(algorithm, trailers.get(checksumHeader(algorithm)) ?? '');
  if (value !== computed.checksum) {
    throw new S3Error('BadDigest', { message: `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.` });
  }
  return { algorithm, value };
}
