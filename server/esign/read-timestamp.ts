import { createHash } from 'node:crypto';
import { TSTInfo } from 'pkijs';
import { parseDer } from './asn1';
import { OID } from './oids';
import { HASHES, readCms } from './read-cms';
import { commonName } from './signing-identity';

export type ReadTimestamp = { readonly at: Date; /** Common name or subject of the authority's certificate. */ readonly authority: string };

/**
 * Reads a timestamp token (RFC 3161) over `signatureValue` and checks it: its own signature, the purpose and time of the authority's
 * certificate, the hash, and the nonce where one was sent. Who the authority is has to be judged by the reader. Throws Error otherwise.
 */
export function readTimestamp(der: Uint8Array, { signatureValue, nonce }: { signatureValue: Uint8Array; nonce?: Uint8Array }): ReadTimestamp {
  return readToken(der, [signatureValue], nonce);
}

/** The same of a document timestamp (ISO 32000-2, 12.8.5), which stands in the place of a signature and is over what that would cover. */
export function readDocumentTimestamp(der: Uint8Array, covered: readonly Uint8Array[]): ReadTimestamp {
  return readToken(der, covered);
}

function readToken(der: Uint8Array, imprinted: readonly Uint8Array[], nonce?: Uint8Array): ReadTimestamp {
  const cms = readCms(der, { needsSigningCertificate: true });
  if (cms.contentType !== OID.tstInfo || !cms.content) throw new Error('This is no timestamp.');
  const info = new TSTInfo({ schema: parseDer(cms.content) });
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const algorithm = HASHES[hashAlgorithm.algorithmId];
  if (!algorithm || algorithm === 'sha1') throw new Error('The hash of the timestamp is not read here.');
  const hash = createHash(algorithm);
  for (const part of imprinted) hash.update(part);
  if (!hash.digest().equals(Buffer.from(hashedMessage.valueBlock.valueHexView))) throw new Error('The timestamp is of something else.');
  if (nonce && (!info.nonce || !Buffer.from(nonce).equals(Buffer.from(info.nonce.valueBlock.valueHexView)))) throw new Error('The timestamp answers another request.');
  if (!cms.signer.keyUsage?.includes(OID.timeStamping)) throw new Error('The certificate is not one for timestamps.');
  const at = info.genTime;
  if (at < new Date(cms.signer.validFrom) || at > new Date(cms.signer.validTo)) throw new Error('The certificate of the authority was not valid at that time.');
  return { at, authority: commonName(new Uint8Array(cms.signer.raw)) };
}
