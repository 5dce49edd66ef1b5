import { createHash, randomBytes } from 'node:crypto';
import { Integer, OctetString } from 'asn1js';
import { AlgorithmIdentifier, ContentInfo, MessageImprint, TimeStampReq, TimeStampResp } from 'pkijs';
import { getEnv } from '../env';
import { log } from '../logger';
import { bufferOf, parseDer } from './asn1';
import { OID } from './oids';
import { Patience } from './patience';
import { readTimestamp } from './read-timestamp';

/** `patience` is that of one step: every signature made in it shares the same. */
export type TimestampAuthority = { readonly url: string; readonly patience: Patience };
export type Timestamp = { readonly token: ContentInfo; /** As the authority says. */ readonly at: Date };

const ATTEMPTS = 2;
const MAX_RESPONSE_BYTES = 65_536;
/** An authority whose clock is an hour off from the portal's says nothing about when something was signed. */
const MAX_SKEW_MS = 3_600_000;

/** The authority of TSA_URL for one step of the portal, or undefined where none is set. */
export function getTimestampAuthority(): TimestampAuthority | undefined {
  const { TSA_URL, TSA_PATIENCE_MS } = getEnv();
  return TSA_URL ? { url: TSA_URL, patience: new Patience(TSA_PATIENCE_MS) } : undefined;
}

/** A request (RFC 3161, 2.4.1) for the SHA-256 of the signature, with a nonce, asking for the authority's certificate. */
function makeRequest(imprint: Uint8Array, nonce: Uint8Array): Uint8Array {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({ hashAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.sha256 }), hashedMessage: new OctetString({ valueHex: bufferOf(imprint) }) }),
    nonce: new Integer({ valueHex: bufferOf(nonce) }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

async function post(url: string, body: Uint8Array, milliseconds: number): Promise<Uint8Array> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/timestamp-query' }, body: bufferOf(body), redirect: 'error', signal: AbortSignal.timeout(milliseconds) });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error('The authority did not answer with a timestamp.');
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > MAX_RESPONSE_BYTES) throw new Error('The answer of the authority is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function askOnce({ url, patience }: TimestampAuthority, signatureValue: Uint8Array, now: Date, maxBytes: number): Promise<Timestamp> {
  const imprint = createHash('sha256').update(signatureValue).digest();
  const nonce = randomBytes(12);
  // Positive, and as short as DER wants it.
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  const answer = await patience.spend((milliseconds) => post(url, makeRequest(imprint, nonce), milliseconds));
  const response = new TimeStampResp({ schema: parseDer(answer) });
  if (response.status.status > 1 || !response.timeStampToken) throw new Error('The authority refused.');
  const der = new Uint8Array(response.timeStampToken.toSchema().toBER());
  if (der.length > maxBytes) throw new Error('The timestamp is larger than the room for it.');
  const { at } = readTimestamp(der, { signatureValue, nonce });
  if (Math.abs(at.getTime() - now.getTime()) > MAX_SKEW_MS) throw new Error('The time of the authority is far from the portal\'s.');
  return { token: new ContentInfo({ schema: parseDer(der) }), at };
}

/**
 * Asks a timestamp authority for a token over a signature value and checks what it answers: status, hash, nonce, its own signature, the
 * purpose of its certificate. Null after the second attempt that failed, whatever the reason, and as soon as the patience of the step is used
 * up; a time is never made up.
 */
export async function askForTimestamp({ authority, signatureValue, now, maxBytes }: { authority: TimestampAuthority; signatureValue: Uint8Array; now: Date; maxBytes: number }): Promise<Timestamp | null> {
  for (let attempt = 1; attempt <= ATTEMPTS && !authority.patience.isUsedUp; attempt += 1) {
    try {
      return await askOnce(authority, signatureValue, now, maxBytes);
    } catch (error) {
      log('warn', 'timestamp-failed', { error });
    }
  }
  return null;
}
