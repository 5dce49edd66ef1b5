import { readFileSync } from 'node:fs';
import { verify, X509Certificate } from 'node:crypto';
import { P12Signer } from '@libpdf/core';
import { EnvironmentError } from '../env';
import { type PortalIdentity } from './identity';

function readBytes(file: string, variable: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new EnvironmentError([`${variable} cannot be read: check the path and who may read the file.`]);
  }
}

/** The password as the file has it, without the end of its line. */
function readPassword(file: string | undefined): string {
  return file === undefined ? '' : readBytes(file, 'SIGNING_PKCS12_PASSWORD_FILE').toString('utf8').replace(/\r?\n$/, '');
}

async function openSigner(bytes: Uint8Array, password: string): Promise<P12Signer> {
  try {
    return await P12Signer.create(bytes, password);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const wrongPassword = /password|decrypt|integrity|operation-specific/i.test(message);
    throw new EnvironmentError([
      wrongPassword
        ? 'SIGNING_PKCS12_FILE cannot be opened with the password in SIGNING_PKCS12_PASSWORD_FILE.'
        : 'SIGNING_PKCS12_FILE cannot be used: it has to be a PKCS #12 file with one RSA or P-256 key and its certificate.',
    ]);
  }
}

/** The certificate of the key stands anywhere in the file: it is the one that verifies what the key signed. */
async function orderCertificates(signer: P12Signer): Promise<{ leaf: X509Certificate; others: X509Certificate[] }> {
  const all = [signer.certificate, ...(signer.certificateChain ?? [])].map((der) => new X509Certificate(der));
  const probe = new TextEncoder().encode('Which certificate is of this key?');
  const signature = await signer.sign(probe, 'SHA-256');
  const leaf = all.find((certificate) => verify('sha256', probe, { key: certificate.publicKey, dsaEncoding: 'der' }, signature));
  if (!leaf) throw new EnvironmentError(['SIGNING_PKCS12_FILE holds no certificate of its key.']);
  return { leaf, others: all.filter((certificate) => certificate !== leaf) };
}

/** From the issuer of the leaf up to the root, as far as the file goes. */
function chainOf(leaf: X509Certificate, others: readonly X509Certificate[]): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let current = leaf;
  for (;;) {
    const issuer = others.find((candidate) => !chain.includes(candidate) && current.checkIssued(candidate) && current.verify(candidate.publicKey));
    if (!issuer) return chain;
    chain.push(issuer);
    current = issuer;
  }
}

/** The identity in a PKCS #12 file (RFC 7292), RSA or EC. Throws EnvironmentError with a sentence for a wrong password or another file. */
export async function readPkcs12Identity({ file, passwordFile }: { file: string; passwordFile: string | undefined }): Promise<PortalIdentity> {
  const signer = await openSigner(new Uint8Array(readBytes(file, 'SIGNING_PKCS12_FILE')), readPassword(passwordFile));
  const { leaf, others } = await orderCertificates(signer);
  const { asymmetricKeyType, asymmetricKeyDetails } = leaf.publicKey;
  const isFit = (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) || (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1');
  if (!isFit) throw new EnvironmentError(['SIGNING_PKCS12_FILE holds a key that is not used here: RSA of 2048 bits or more, or P-256.']);
  return {
    certificate: new Uint8Array(leaf.raw),
    chain: chainOf(leaf, others).map(({ raw }) => new Uint8Array(raw)),
    keyType: signer.keyType,
    sign: (bytes) => signer.sign(bytes, 'SHA-256'),
    isTestIdentity: false,
    issuer: null,
  };
}
