import { createHash } from 'node:crypto';
import { Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import { AlgorithmIdentifier, Attribute, Certificate, ContentInfo, EncapsulatedContentInfo, IssuerAndSerialNumber, SignedAndUnsignedAttributes, SignedData, SignerInfo } from 'pkijs';
import { OID } from './oids';
import { type SigningIdentity } from './identity';
import { bufferOf } from './asn1';

/** SET OF signed attributes, as it is signed (RFC 5652, 5.4), and as `[0]` in the structure. */
function signedAttributes(identity: SigningIdentity, digest: Uint8Array): SignedAndUnsignedAttributes {
  const certificateHash = createHash('sha256').update(identity.certificate).digest();
  // RFC 5035: SHA-256 is the default of ESSCertIDv2 and, in DER, left out.
  const essCertId = new Sequence({ value: [new OctetString({ valueHex: bufferOf(certificateHash) })] });
  return new SignedAndUnsignedAttributes({
    type: 0,
    attributes: [
      new Attribute({ type: OID.contentType, values: [new ObjectIdentifier({ value: OID.data })] }),
      new Attribute({ type: OID.messageDigest, values: [new OctetString({ valueHex: bufferOf(digest) })] }),
      new Attribute({ type: OID.signingCertificateV2, values: [new Sequence({ value: [new Sequence({ value: [essCertId] })] })] }),
    ],
  });
}

/** DER of the attributes as a SET OF, sorted as DER asks for. */
function sortAndEncode(attributes: SignedAndUnsignedAttributes): Uint8Array {
  attributes.attributes.sort((a, b) => Buffer.compare(Buffer.from(a.toSchema().toBER()), Buffer.from(b.toSchema().toBER())));
  const der = new Uint8Array(attributes.toSchema().toBER());
  // The same content with the tag of a SET in place of [0].
  der[0] = 0x31;
  return der;
}

export type Cms = {
  /** The value that a timestamp is taken of. */
  readonly signatureValue: Uint8Array;
  /** DER of the ContentInfo, with the timestamp token (DER) as an unsigned attribute where one is given. */
  encode(timestampToken?: ContentInfo): Uint8Array;
};

/**
 * A detached CMS signature over content with this SHA-256, as PAdES B-B asks for (ETSI EN 319 142-1, 6.3): content-type, message-digest
 * and signing-certificate-v2, and no signing-time, which stands in the dictionary of the signature.
 */
export async function makeCms({ digest, identity }: { digest: Uint8Array; identity: SigningIdentity }): Promise<Cms> {
  const certificates = [identity.certificate, ...identity.chain].map((der) => Certificate.fromBER(bufferOf(der)));
  const [own] = certificates;
  if (!own) throw new Error('The identity has no certificate.');
  const attributes = signedAttributes(identity, digest);
  const signatureValue = await identity.sign(sortAndEncode(attributes));
  const sha256 = () => new AlgorithmIdentifier({ algorithmId: OID.sha256 });
  const algorithm = identity.keyType === 'EC' ? new AlgorithmIdentifier({ algorithmId: OID.ecdsaSha256 }) : new AlgorithmIdentifier({ algorithmId: OID.rsaSha256, algorithmParams: new Null() });
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    digestAlgorithm: sha256(),
    signedAttrs: attributes,
    signatureAlgorithm: algorithm,
    signature: new OctetString({ valueHex: bufferOf(signatureValue) }),
  });
  const data = new SignedData({ version: 1, digestAlgorithms: [sha256()], encapContentInfo: new EncapsulatedContentInfo({ eContentType: OID.data }), certificates, signerInfos: [signer] });
  return {
    signatureValue,
    encode(timestampToken) {
      if (timestampToken) signer.unsignedAttrs = new SignedAndUnsignedAttributes({ type: 1, attributes: [new Attribute({ type: OID.timestampToken, values: [timestampToken.toSchema()] })] });
      return new Uint8Array(new ContentInfo({ contentType: OID.signedData, content: data.toSchema(true) }).toSchema().toBER());
    },
  };
}
