import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type RequestHeaders } from '../request-headers';
import { type Query } from '../request-target';

export const ALGORITHM = 'AWS4-HMAC-SHA256';
export const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export const sha256Hex = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** RFC 3986 encoding as SigV4 asks for it: unreserved characters stay, everything else is %XX in upper case. */
export function uriEncode(text: string, keepSlash = false): string {
  const encoded = encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return keepSlash ? encoded.replaceAll('%2F', '/') : encoded;
}

const byCodeUnit = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function canonicalQuery(query: Query): string {
  return query.entries
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([leftName, leftValue], [rightName, rightValue]) => byCodeUnit(leftName, rightName) || byCodeUnit(leftValue, rightValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

export interface CanonicalRequestInput {
  method: string;
  /** Decoded path. S3 neither normalises nor encodes it twice, unlike other AWS services. */
  path: string;
  query: Query;
  headers: RequestHeaders;
  /** Lower-case names in the order of the SignedHeaders list. */
  signedHeaders: readonly string[];
  payloadHash: string;
}

/** The canonical request of SigV4 ("Create a signed AWS API request", step 1). A signed header that is absent counts as empty. */
export function canonicalRequest(input: CanonicalRequestInput): string {
  const headerLines = input.signedHeaders.map((name) => `${name}:${(input.headers.get(name) ?? '').replaceAll(/ +/g, ' ')}\n`).join('');
  return [input.method, uriEncode(input.path, true), canonicalQuery(input.query), headerLines, input.signedHeaders.join(';'), input.payloadHash].join('\n');
}

export interface CredentialScope {
  /** yyyymmdd */
  date: string;
  region: string;
  service: string;
}

export const scopeText = (scope: CredentialScope): string => `${scope.date}/${scope.region}/${scope.service}/aws4_request`;

export function stringToSign(dateTime: string, scope: CredentialScope, canonical: string): string {
  return [ALGORITHM, dateTime, scopeText(scope), sha256Hex(canonical)].join('\n');
}

export function deriveSigningKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, scope.date), scope.region), scope.service), 'aws4_request');
}

export const sign = (signingKey: Buffer, text: string): string => hmac(signingKey, text).toString('hex');

/** Compares in constant time; texts of different length differ. */
export function equalInConstantTime(left: string, right: string): boolean {
  const [leftHash, rightHash] = [createHash('sha256').update(left).digest(), createHash('sha256').update(right).digest()];
  return timingSafeEqual(leftHash, rightHash);
}
