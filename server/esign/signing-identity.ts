import { generateKeyPairSync, sign as signBytes, X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { DAY_MS } from '@/domain/durations';
import { AppError } from '@/domain/errors';
import { formatDate } from '@/lib/format/time';
import { EnvironmentError, getEnv, isDemo } from '../env';
import { type PortalIdentity, type SigningIdentity } from './identity';
import { makeCertificate } from './make-certificate';
import { readPkcs12Identity } from './pkcs12-identity';
import { isTestCertificate, readTestIdentity } from './test-identity';

export type SigningIdentityStatus =
  | { readonly state: 'missing' | 'unusable'; readonly sentence: string }
  | { readonly state: 'ok' | 'ends_soon' | 'ended' | 'not_yet'; readonly sentence: string; readonly subject: string; readonly notAfter: string; readonly isTestIdentity: boolean };

const WARNING_DAYS = 30;

/** By the file or folder it came from; read again as soon as another file stands in its place. */
const loaded = new Map<string, { readonly version: string; readonly reading: Promise<PortalIdentity> }>();

function versionOf(file: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(file);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return 'none';
  }
}

/** Reads the identity without asking whether it is in its time. Throws EnvironmentError where there is none or it cannot be used. */
async function readPortalIdentity(now: Date): Promise<PortalIdentity> {
  const { SIGNING_PKCS12_FILE, SIGNING_PKCS12_PASSWORD_FILE, AIRLOCK_DATA_DIR } = getEnv();
  const place = SIGNING_PKCS12_FILE ?? AIRLOCK_DATA_DIR;
  const version = SIGNING_PKCS12_FILE ? versionOf(SIGNING_PKCS12_FILE) : 'made here';
  const known = loaded.get(place);
  if (known?.version === version) return known.reading;
  if (!SIGNING_PKCS12_FILE && !isDemo()) throw new EnvironmentError(['SIGNING_PKCS12_FILE is needed in production: name the PKCS #12 file of the certificate that seals agreements.']);
  const reading = (SIGNING_PKCS12_FILE ? readPkcs12Identity({ file: SIGNING_PKCS12_FILE, passwordFile: SIGNING_PKCS12_PASSWORD_FILE }) : readTestIdentity({ dataDir: AIRLOCK_DATA_DIR, now })).then(refuseTestInProduction);
  loaded.set(place, { version, reading });
  // A file or password that was put right, or a renewed certificate, counts from the next signature on, without a restart.
  reading.catch(() => loaded.delete(place));
  return reading;
}

function refuseTestInProduction(identity: PortalIdentity): PortalIdentity {
  if (!isDemo() && isTestCertificate(identity.certificate)) throw new EnvironmentError(['SIGNING_PKCS12_FILE holds a test identity that a demo made for itself. Production needs a certificate that somebody vouches for.']);
  return identity;
}

/**
 * The identity that seals agreements: SIGNING_PKCS12_FILE, or in demo mode one that is made at its first use. Throws EnvironmentError
 * for a file or password that does not fit, and AppError `not_ready` where the certificate has ended or has not begun.
 */
export async function getPortalIdentity(now: Date = new Date()): Promise<PortalIdentity> {
  const identity = await readPortalIdentity(now);
  requireInTime(identity.certificate, now);
  return identity;
}

/**
 * Certificates (DER) by which the portal knows its own signatures again: its seal and, where it issues them itself, the root of those of
 * persons. An ended one counts too, since it was in its time when it signed; without an identity there are none. Never throws.
 */
export async function trustedCertificates(now: Date): Promise<readonly Uint8Array[]> {
  try {
    const { certificate, issuer } = await readPortalIdentity(now);
    return issuer ? [certificate, issuer.certificate] : [certificate];
  } catch {
    return [];
  }
}

/** Refuses a certificate outside of its time: AppError `not_ready`, with the day. */
export function requireInTime(certificate: Uint8Array, now: Date): void {
  const { notBefore, notAfter } = validity(certificate);
  if (now > notAfter) throw new AppError('not_ready', { detail: `The portal's signing certificate ended on ${day(notAfter)}. Nothing can be signed until the vendor has renewed it; nothing was lost.` });
  if (now < notBefore) throw new AppError('not_ready', { detail: `The portal's signing certificate is not valid before ${day(notBefore)}. Nothing can be signed until then.` });
}

/** From when until when a certificate (DER) is valid. */
function validity(certificate: Uint8Array): { readonly notBefore: Date; readonly notAfter: Date } {
  const { validFrom, validTo } = new X509Certificate(certificate);
  return { notBefore: new Date(validFrom), notAfter: new Date(validTo) };
}

function day(date: Date): string {
  return formatDate(date.toISOString());
}

/** How the identity stands, for the admin page and the health check: a warning begins 30 days before its end. Never throws. */
export async function signingIdentityStatus(now: Date): Promise<SigningIdentityStatus> {
  let identity: PortalIdentity;
  try {
    identity = await readPortalIdentity(now);
  } catch (error) {
    const isMissing = !getEnv().SIGNING_PKCS12_FILE && !isDemo();
    return { state: isMissing ? 'missing' : 'unusable', sentence: error instanceof EnvironmentError ? error.problems.join(' ') : 'The signing identity cannot be read.' };
  }
  const { notBefore, notAfter } = validity(identity.certificate);
  const about = { subject: commonName(identity.certificate), notAfter: notAfter.toISOString(), isTestIdentity: identity.isTestIdentity };
  if (now < notBefore) return { state: 'not_yet', sentence: `The signing certificate is not valid before ${day(notBefore)}: agreements cannot be signed until then.`, ...about };
  if (now > notAfter) return { state: 'ended', sentence: `The signing certificate ended on ${day(notAfter)}: agreements cannot be signed until it is renewed.`, ...about };
  const left = notAfter.getTime() - now.getTime();
  const days = Math.floor(left / DAY_MS);
  if (left <= WARNING_DAYS * DAY_MS) return { state: 'ends_soon', sentence: `The signing certificate ends on ${day(notAfter)}, in ${days === 1 ? 'a day' : `${days} days`}. Renew it before then.`, ...about };
  return { state: 'ok', sentence: `The signing certificate is valid until ${day(notAfter)}.`, ...about };
}

/** A value as it stands in the certificate: node:crypto writes names with the escapes of RFC 4514. What would end a line becomes a space. */
function unescapeName(text: string): string {
  return text.replace(/\\(?:([0-9A-Fa-f]{2})|(.))/gu, (_whole, code: string | undefined, sign: string | undefined) => (code === undefined ? (sign ?? '') : ' '));
}

/** The common name in a certificate (DER), or its whole subject where it has none. */
export function commonName(certificate: Uint8Array): string {
  const { subject } = new X509Certificate(certificate);
  return unescapeName(/(?:^|\n)CN=(.+)/.exec(subject)?.[1] ?? subject.replace(/\n/g, ', '));
}

/** As long as an agreement may have to be shown; the key is gone as soon as it has signed. */
const PERSON_YEARS = 10;
const ASSERTED = 'Identity asserted by the portal';

/**
 * A certificate for one signature of one person, with a P-256 key that lives in memory until the identity is let go and is written
 * nowhere. It says what the portal knows of the person and no more: a simple electronic signature.
 */
export async function issuePersonCertificate({ name, organization, now, portal }: { name: string; organization?: string; now: Date; portal?: PortalIdentity }): Promise<SigningIdentity> {
  const by = portal ?? (await getPortalIdentity(now));
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const notBefore = new Date(now.getTime() - 60_000);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + PERSON_YEARS);
  const certificate = await makeCertificate({ subject: { commonName: name, organization, unit: ASSERTED }, publicKey, issuer: by.issuer ?? { selfKey: privateKey }, isAuthority: false, notBefore, notAfter });
  return {
    certificate,
    chain: by.issuer ? [by.issuer.certificate] : [],
    keyType: 'EC',
    sign: (bytes) => Promise.resolve(new Uint8Array(signBytes('sha256', bytes, { key: privateKey, dsaEncoding: 'der' }))),
  };
}
