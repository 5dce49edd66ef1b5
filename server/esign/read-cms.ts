import { createHash, verify, X509Certificate, constants } from 'node:crypto';
import { OctetString, Sequence } from 'asn1js';
import { type Attribute, Certificate, ContentInfo, IssuerAndSerialNumber, RSASSAPSSParams, SignedData, type SignerInfo } from 'pkijs';
import { parseDer } from './asn1';
import { OID } from './oids';

/** What node:crypto calls a hash, by its identifier. */
export const HASHES: Readonly<Record<string, 'sha1' | 'sha256' | 'sha384' | 'sha512'>> = { [OID.sha1]: 'sha1', [OID.sha256]: 'sha256', [OID.sha384]: 'sha384', [OID.sha512]: 'sha512' };
/** What is accepted for a signature; SHA-1 is not. */
const SIGNATURE_HASHES: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  [OID.rsaSha256]: 'sha256', [OID.rsaSha384]: 'sha384', [OID.rsaSha512]: 'sha512', [OID.ecdsaSha256]: 'sha256', [OID.ecdsaSha384]: 'sha384', [OID.ecdsaSha512]: 'sha512',
};
const MAX_CERTIFICATES = 20;

export type ReadCms = {
  readonly signer: X509Certificate;
  readonly certificates: readonly X509Certificate[];
  readonly signatureValue: Uint8Array;
  /** Inner content, null in a detached signature. */
  readonly content: Uint8Array | null;
  readonly contentType: string;
  /** DER of the timestamp token in the unsigned attributes. */
  readonly timestampToken: Uint8Array | null;
};

function attributeValue(attributes: readonly Attribute[], type: string): Attribute['values'][number] | null {
  return attributes.find((attribute) => attribute.type === type)?.values[0] ?? null;
}

function octets(value: unknown): Buffer {
  if (!(value instanceof OctetString)) throw new Error('An octet string is missing.');
  return Buffer.from(value.valueBlock.valueHexView);
}

function signerCertificate(signer: SignerInfo, certificates: readonly { parsed: Certificate; node: X509Certificate }[]): X509Certificate {
  const { sid } = signer;
  if (!(sid instanceof IssuerAndSerialNumber)) throw new Error('The signer is named in a way that is not read here.');
  const found = certificates.find(({ parsed }) => parsed.serialNumber.isEqual(sid.serialNumber) && parsed.issuer.isEqual(sid.issuer));
  if (!found) throw new Error('The certificate of the signer is missing.');
  return found.node;
}

/** The signed attribute that binds the signature to this very certificate (RFC 5035, PAdES); `isNeeded` where it has to be there. */
function checkSigningCertificate(attributes: readonly Attribute[], signer: X509Certificate, isNeeded: boolean): void {
  const v2 = attributeValue(attributes, OID.signingCertificateV2);
  const v1 = attributeValue(attributes, OID.signingCertificate);
  const value = v2 ?? v1;
  if (!value) {
    if (isNeeded) throw new Error('The signature does not name its certificate.');
    return;
  }
  const first = (sequence: unknown): unknown => (sequence instanceof Sequence ? sequence.valueBlock.value[0] : null);
  const essCertId = first(first(value));
  if (!(essCertId instanceof Sequence)) throw new Error('The signature does not name its certificate.');
  const [head, next] = essCertId.valueBlock.value;
  const algorithm = head instanceof Sequence ? HASHES[String(first(head) instanceof Object ? (first(head) as { getValue?: () => string }).getValue?.() : '')] : v2 ? 'sha256' : 'sha1';
  if (!algorithm) throw new Error('The hash of the certificate is not read here.');
  const hash = octets(head instanceof Sequence ? next : head);
  if (!createHash(algorithm).update(signer.raw).digest().equals(hash)) throw new Error('The signature names another certificate.');
}

function verifySignature(signer: SignerInfo, certificate: X509Certificate, signed: Uint8Array): boolean {
  const { algorithmId, algorithmParams } = signer.signatureAlgorithm;
  const signature = Buffer.from(signer.signature.valueBlock.valueHexView);
  const digest = HASHES[signer.digestAlgorithm.algorithmId];
  if (algorithmId === OID.rsaPss) {
    const parameters = new RSASSAPSSParams({ schema: algorithmParams });
    const hash = HASHES[parameters.hashAlgorithm.algorithmId];
    if (!hash || hash === 'sha1' || certificate.publicKey.asymmetricKeyType !== 'rsa') return false;
    return verify(hash, signed, { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: parameters.saltLength }, signature);
  }
  const hash = SIGNATURE_HASHES[algorithmId] ?? (algorithmId === OID.rsa && digest !== 'sha1' ? digest : undefined);
  const wanted = algorithmId.startsWith('1.2.840.10045') ? 'ec' : 'rsa';
  if (!hash || certificate.publicKey.asymmetricKeyType !== wanted) return false;
  return verify(hash, signed, { key: certificate.publicKey, dsaEncoding: 'der' }, signature);
}

/**
 * Reads a CMS signature (RFC 5652) of one signer and checks it: hash of the content, signed attributes, the certificate they name, the
 * signature itself. `detached` is what a detached one covers. Throws Error for whatever does not hold, or is not read here.
 */
export function readCms(der: Uint8Array, { detached, needsSigningCertificate }: { detached?: readonly Uint8Array[]; needsSigningCertificate: boolean }): ReadCms {
  const info = new ContentInfo({ schema: parseDer(der) });
  if (info.contentType !== OID.signedData) throw new Error('This is no signature.');
  const data = new SignedData({ schema: info.content });
  const [signer, ...others] = data.signerInfos;
  if (!signer || others.length > 0) throw new Error('There has to be one signer.');
  const given = data.certificates ?? [];
  if (given.length > MAX_CERTIFICATES) throw new Error('There are too many certificates.');
  const certificates = given.flatMap((parsed) => (parsed instanceof Certificate ? [{ parsed, node: new X509Certificate(Buffer.from(parsed.toSchema().toBER())) }] : []));
  const certificate = signerCertificate(signer, certificates);
  const embedded = data.encapContentInfo.eContent ? octets(data.encapContentInfo.eContent) : null;
  if (embedded && detached) throw new Error('The signature holds content of its own.');
  const digestName = HASHES[signer.digestAlgorithm.algorithmId];
  if (!digestName || digestName === 'sha1' || !signer.signedAttrs) throw new Error('The signature is of a kind that is not read here.');
  const { attributes } = signer.signedAttrs;
  const hash = createHash(digestName);
  for (const part of detached ?? [embedded ?? new Uint8Array()]) hash.update(part);
  if (!hash.digest().equals(octets(attributeValue(attributes, OID.messageDigest)))) throw new Error('The content is not what was signed.');
  checkSigningCertificate(attributes, certificate, needsSigningCertificate);
  const signed = new Uint8Array(signer.signedAttrs.encodedValue);
  signed[0] = 0x31;
  if (!verifySignature(signer, certificate, signed)) throw new Error('The signature does not hold.');
  const token = attributeValue(signer.unsignedAttrs?.attributes ?? [], OID.timestampToken);
  return {
    signer: certificate,
    certificates: certificates.map(({ node }) => node),
    signatureValue: new Uint8Array(signer.signature.valueBlock.valueHexView),
    content: embedded,
    contentType: data.encapContentInfo.eContentType,
    timestampToken: token ? new Uint8Array((token as { toBER(): ArrayBuffer }).toBER()) : null,
  };
}
