import { createPrivateKey, generateKeyPairSync, type KeyObject, sign as signBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeFileOnce } from '../crypto/make-file-once';
import { EnvironmentError } from '../env';
import { makeCertificate, toPem } from './make-certificate';
import { type PortalIdentity } from './identity';

const TEST_UNIT = 'Airlock test identity: nobody vouches for it';
const ROOT_YEARS = 20;
const SEAL_YEARS = 3;

function inYears(now: Date, years: number): Date {
  const date = new Date(now);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date;
}

function pkcs8(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A root and the certificate of the seal, each with its P-256 key, as four PEM blocks: seal key, seal, root key, root. */
export async function makeTestIdentity(now: Date): Promise<string> {
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const seal = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const notBefore = new Date(now.getTime() - 60_000);
  const rootCertificate = await makeCertificate({ subject: { commonName: 'Airlock test root', unit: TEST_UNIT }, publicKey: root.publicKey, issuer: { selfKey: root.privateKey }, isAuthority: true, notBefore, notAfter: inYears(now, ROOT_YEARS) });
  const issuer = { certificate: rootCertificate, privateKey: root.privateKey };
  const sealCertificate = await makeCertificate({ subject: { commonName: 'Airlock portal seal (test)', unit: TEST_UNIT }, publicKey: seal.publicKey, issuer, isAuthority: false, notBefore, notAfter: inYears(now, SEAL_YEARS) });
  return [pkcs8(seal.privateKey), toPem(sealCertificate), pkcs8(root.privateKey), toPem(rootCertificate)].join('');
}

/** Reads what `makeTestIdentity` made. Throws EnvironmentError where the file was damaged. */
export function parseTestIdentity(text: string): PortalIdentity {
  try {
    const keys = [...text.matchAll(/-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/g)].map(([pem]) => createPrivateKey(pem));
    const certificates = [...text.matchAll(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)].map(([pem]) => new X509Certificate(pem));
    const [key, rootKey] = keys;
    const [seal, root] = certificates;
    if (!key || !rootKey || !seal || !root || !seal.checkPrivateKey(key) || !root.checkPrivateKey(rootKey)) throw new Error('A part is missing.');
    return {
      certificate: new Uint8Array(seal.raw),
      chain: [new Uint8Array(root.raw)],
      keyType: 'EC',
      sign: (bytes) => Promise.resolve(new Uint8Array(signBytes('sha256', bytes, { key, dsaEncoding: 'der' }))),
      isTestIdentity: true,
      issuer: { certificate: new Uint8Array(root.raw), privateKey: rootKey },
    };
  } catch {
    throw new EnvironmentError(['The test identity in the data folder is damaged (signing/test-identity.pem): put it back from a copy, or remove the file to have another one made.']);
  }
}

/** The test identity of demo mode, made at its first use: the file whole or not at all (0600, in a folder 0700), by one process of several. */
export async function readTestIdentity({ dataDir, now }: { dataDir: string; now: Date }): Promise<PortalIdentity> {
  const file = path.join(dataDir, 'signing', 'test-identity.pem');
  const present = readIfPresent(file);
  if (present !== null) return parseTestIdentity(present);
  makeFileOnce(file, await makeTestIdentity(now));
  return parseTestIdentity(readFileSync(file, 'utf8'));
}

function readIfPresent(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new EnvironmentError(['The test identity in the data folder cannot be read (signing/test-identity.pem).']);
  }
}

/** Whether a certificate (DER) is one that a demo made for itself. */
export function isTestCertificate(certificate: Uint8Array): boolean {
  return new X509Certificate(certificate).subject.includes(TEST_UNIT);
}
