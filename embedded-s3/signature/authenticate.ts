import { S3Error } from '../errors';
import { type RequestHeaders } from '../request-headers';
import { type Query } from '../request-target';
import { type Claim, parseClaim } from './authorization';
import { canonicalRequest, type CredentialScope, deriveSigningKey, equalInConstantTime, sign, stringToSign } from './canonical-request';

/** How the body is bound to the signature. */
export type Payload =
  | { kind: 'unsigned' }
  | { kind: 'sha256'; hex: string }
  | { kind: 'aws-chunked'; signed: boolean; trailer: boolean };

export interface Authentication {
  payload: Payload;
  /** What signed chunks are chained to ("Transferring payload in multiple chunks"). */
  chain: { signingKey: Buffer; scope: CredentialScope; dateTime: string; seedSignature: string };
}

export interface AuthenticateInput {
  method: string;
  path: string;
  query: Query;
  headers: RequestHeaders;
  credentials: { accessKeyId: string; secretAccessKey: string };
  region: string;
  now: Date;
}

const MAX_SKEW_MS = 15 * 60 * 1000;

function checkTime(claim: Claim, now: Date): void {
  const ageMs = now.getTime() - claim.signedAt.getTime();
  if (claim.source === 'header') {
    if (Math.abs(ageMs) <= MAX_SKEW_MS) return;
    throw new S3Error('RequestTimeTooSkewed', {
      details: { RequestTime: claim.dateTime, ServerTime: now.toISOString(), MaxAllowedSkewMilliseconds: String(MAX_SKEW_MS) },
    });
  }
  if (ageMs < -MAX_SKEW_MS) throw new S3Error('AccessDenied', { message: 'Request is not yet valid', details: { ServerTime: now.toISOString() } });
  const lifeMs = claim.expiresIn! * 1000;
  if (ageMs > lifeMs) {
    const expires = new Date(claim.signedAt.getTime() + lifeMs).toISOString();
    throw new S3Error('AccessDenied', {
      message: 'Request has expired',
      details: { 'X-Amz-Expires': String(claim.expiresIn), Expires: expires, ServerTime: now.toISOString() },
    });
  }
}

/** Host and every x-amz- header have to be signed, or a URL could be given other meaning than its signer meant. */
function checkSignedHeaders(claim: Claim, headers: RequestHeaders): void {
  const unsigned = [...headers.keys()].filter((name) => (name === 'host' || name.startsWith('x-amz-')) && !claim.signedHeaders.includes(name));
  if (unsigned.length === 0 && claim.signedHeaders.includes('host')) return;
  throw new S3Error('AccessDenied', {
    message: 'There were headers present in the request which were not signed',
    details: { HeadersNotSigned: unsigned.join(', ') || 'host' },
  });
}

function payloadHashOf(claim: Claim, headers: RequestHeaders, query: Query): string {
  const header = headers.get('x-amz-content-sha256');
  if (header !== undefined) return header;
  if (claim.source === 'query') return query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
  throw new S3Error('InvalidRequest', { message: 'Missing required header for this request: x-amz-content-sha256' });
}

function payloadOf(hash: string): Payload {
  if (hash === 'UNSIGNED-PAYLOAD') return { kind: 'unsigned' };
  if (hash === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return { kind: 'aws-chunked', signed: false, trailer: true };
  if (hash === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD') return { kind: 'aws-chunked', signed: true, trailer: false };
  if (hash === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER') return { kind: 'aws-chunked', signed: true, trailer: true };
  if (/^[0-9a-f]{64}$/.test(hash)) return { kind: 'sha256', hex: hash };
  throw new S3Error('InvalidArgument', {
    message: 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    details: { ArgumentName: 'x-amz-content-sha256' },
  });
}

const hexBytes = (text: string): string => Buffer.from(text).toString('hex').replaceAll(/(..)(?=.)/g, '$1 ');

/**
 * Proves who sent the request, by SigV4 in the Authorization header or in the query, before a byte of the body is read.
 * Throws S3Error exactly as S3 names it. The secret is in no error; the string to sign is, as in S3, to help whoever debugs a signer.
 */
export function authenticate(input: AuthenticateInput): Authentication {
  const { headers, query, credentials, region, now } = input;
  const claim = parseClaim(headers, query, region);
  if (query.has('X-Amz-Security-Token') || headers.has('x-amz-security-token')) throw new S3Error('InvalidToken');
  if (!equalInConstantTime(claim.accessKeyId, credentials.accessKeyId)) {
    throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: claim.accessKeyId } });
  }
  checkTime(claim, now);
  const payloadHash = payloadHashOf(claim, headers, query);
  const payload = payloadOf(payloadHash);
  const canonical = canonicalRequest({ method: input.method, path: input.path, query, headers, signedHeaders: claim.signedHeaders, payloadHash });
  const toSign = stringToSign(claim.dateTime, claim.scope, canonical);
  const signingKey = deriveSigningKey(credentials.secretAccessKey, claim.scope);
  if (!equalInConstantTime(sign(signingKey, toSign), claim.signature)) {
    throw new S3Error('SignatureDoesNotMatch', {
      details: {
        AWSAccessKeyId: claim.accessKeyId,
        StringToSign: toSign,
        SignatureProvided: claim.signature,
        StringToSignBytes: hexBytes(toSign),
        CanonicalRequest: canonical,
        CanonicalRequestBytes: hexBytes(canonical),
      },
    });
  }
  checkSignedHeaders(claim, headers);
  return { payload, chain: { signingKey, scope: claim.scope, dateTime: claim.dateTime, seedSignature: claim.signature } };
}
