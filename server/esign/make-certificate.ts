import { createHash, type KeyObject, X509Certificate as NodeCertificate } from 'node:crypto';
import { BitString, Integer, ObjectIdentifier, OctetString, Sequence, Set as AsnSet, Utf8String } from 'asn1js';
import { AuthorityKeyIdentifier, BasicConstraints, Certificate, Extension, ExtKeyUsage, getRandomValues, PublicKeyInfo, RelativeDistinguishedNames, Time } from 'pkijs';
import { bufferOf, parseDer } from './asn1';

/** RFC 5280 leaves 64 characters to a name in a certificate; the whole name stands in the document and in the signature's dictionary. */
const MAX_NAME = 64;
/** emailProtection, for which `openssl cms` looks, and documentSigning (RFC 9336). */
const SIGNING_PURPOSES = ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36'];

export type CertificateSubject = { readonly commonName: string; readonly organization?: string | undefined; readonly unit?: string | undefined };
export type CertificateIssuer = { readonly certificate: Uint8Array; readonly privateKey: KeyObject };

function shorten(text: string): string {
  const folded = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const characters = [...folded];
  return characters.length <= MAX_NAME ? folded : `${characters.slice(0, MAX_NAME - 1).join('')}…`;
}

const NAME_OIDS = { organization: '2.5.4.10', unit: '2.5.4.11', commonName: '2.5.4.3' } as const;

/** One part after the other; pkijs of itself would put them all into one. */
function toName(subject: CertificateSubject): RelativeDistinguishedNames {
  const parts = (['organization', 'unit', 'commonName'] as const).flatMap((part) => {
    const value = subject[part];
    return value ? [new AsnSet({ value: [new Sequence({ value: [new ObjectIdentifier({ value: NAME_OIDS[part] }), new Utf8String({ value: shorten(value) })] })] })] : [];
  });
  return new RelativeDistinguishedNames({ schema: parseDer(new Uint8Array(new Sequence({ value: parts }).toBER())) });
}

function importSigningKey(key: KeyObject): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', new Uint8Array(key.export({ type: 'pkcs8', format: 'der' })), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}

export type CertificateOrder = {
  readonly subject: CertificateSubject;
  readonly publicKey: KeyObject;
  /** Without one the certificate signs itself with `selfKey`. */
  readonly issuer: CertificateIssuer | { readonly selfKey: KeyObject };
  readonly isAuthority: boolean;
  readonly notBefore: Date;
  readonly notAfter: Date;
};

/** Key usage (RFC 5280, 4.2.1.3): the bits from the first on, with how many of the last byte are not used. */
const KEY_USAGE = { authority: { bits: 0b0000_0110, unused: 1 }, person: { bits: 0b1100_0000, unused: 6 } } as const;

function extensions(isAuthority: boolean): Extension[] {
  const { bits, unused } = isAuthority ? KEY_USAGE.authority : KEY_USAGE.person;
  const constraints = new BasicConstraints(isAuthority ? { cA: true, pathLenConstraint: 0 } : {});
  const usage = new BitString({ valueHex: bufferOf(Uint8Array.of(bits)), unusedBits: unused });
  return [
    new Extension({ extnID: '2.5.29.19', critical: true, extnValue: constraints.toSchema().toBER() }),
    new Extension({ extnID: '2.5.29.15', critical: true, extnValue: usage.toBER() }),
    ...(isAuthority ? [] : [new Extension({ extnID: '2.5.29.37', critical: false, extnValue: new ExtKeyUsage({ keyPurposes: SIGNING_PURPOSES }).toSchema().toBER() })]),
  ];
}

/** RFC 5280, 4.2.1.2, method 1: the SHA-1 of the key, as a name for it and nothing more. */
function keyIdentifier(key: PublicKeyInfo): ArrayBuffer {
  const bits = new Uint8Array(key.subjectPublicKey.valueBlock.valueHexView);
  return bufferOf(createHash('sha1').update(bits).digest());
}

/** Makes an X.509 certificate (RFC 5280) for a P-256 key, signed with P-256. Gives its DER. */
export async function makeCertificate({ subject, publicKey, issuer, isAuthority, notBefore, notAfter }: CertificateOrder): Promise<Uint8Array> {
  const certificate = new Certificate();
  const isSelf = 'selfKey' in issuer;
  const spki = new PublicKeyInfo({ schema: parseDer(publicKey.export({ type: 'spki', format: 'der' })) });
  const above = isSelf ? null : Certificate.fromBER(bufferOf(issuer.certificate));
  certificate.version = 2;
  const serial = getRandomValues(new Uint8Array(16));
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = new Integer({ valueHex: bufferOf(serial) });
  certificate.subject = toName(subject);
  certificate.issuer = above ? above.subject : toName(subject);
  certificate.notBefore = toTime(notBefore);
  certificate.notAfter = toTime(notAfter);
  certificate.subjectPublicKeyInfo = spki;
  const authorityKey = new AuthorityKeyIdentifier({ keyIdentifier: new OctetString({ valueHex: keyIdentifier(above?.subjectPublicKeyInfo ?? spki) }) });
  certificate.extensions = [
    ...extensions(isAuthority),
    new Extension({ extnID: '2.5.29.14', critical: false, extnValue: new OctetString({ valueHex: keyIdentifier(spki) }).toBER() }),
    new Extension({ extnID: '2.5.29.35', critical: false, extnValue: authorityKey.toSchema().toBER() }),
  ];
  await certificate.sign(await importSigningKey(isSelf ? issuer.selfKey : issuer.privateKey), 'SHA-256');
  return new Uint8Array(certificate.toSchema(true).toBER());
}

/** RFC 5280, 4.1.2.5: UTCTime until 2049, GeneralizedTime from 2050. Whole seconds. */
function toTime(date: Date): Time {
  return new Time({ type: date.getUTCFullYear() < 2050 ? 0 : 1, value: new Date(Math.floor(date.getTime() / 1000) * 1000) });
}

/** A DER certificate as PEM. */
export function toPem(der: Uint8Array): string {
  return new NodeCertificate(der).toString();
}
