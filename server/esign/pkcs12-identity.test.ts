import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHash, verify, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY_MS } from '@/domain/durations';
import { isAppError } from '@/domain/errors';
import { hasProgram, openssl } from '@/tests/fixtures/openssl';
import { EnvironmentError } from '../env';
import { makeCms } from './make-cms';
import { readPkcs12Identity } from './pkcs12-identity';
import { readCms } from './read-cms';
import { getPortalIdentity, issuePersonCertificate, signingIdentityStatus } from './signing-identity';
import { makeTestIdentity } from './test-identity';

const environment = vi.hoisted(() => ({ SIGNING_PKCS12_FILE: '', SIGNING_PKCS12_PASSWORD_FILE: '', AIRLOCK_DATA_DIR: '' }));
vi.mock('../env', async (importOriginal) => ({ ...(await importOriginal<object>()), getEnv: () => environment, isDemo: () => false }));

const isOpensslHere = hasProgram('openssl', 'version');
const folder = mkdtempSync(path.join(tmpdir(), 'airlock-pkcs12-'));
const at = (name: string) => path.join(folder, name);
const KEYS: Readonly<Record<string, readonly string[]>> = {
  ec: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  rsa: ['rsa:2048'],
};

/** A root, and below it a certificate of 400 days, as `<key>.key` and `<key>.pem`. */
function makeCertificate(key: string): void {
  openssl(['req', '-new', '-newkey', ...(KEYS[key] ?? []), '-nodes', '-keyout', `${key}.key`, '-out', `${key}.csr`, '-subj', '/O=Example/CN=Example seal'], folder);
  openssl(['x509', '-req', '-in', `${key}.csr`, '-CA', 'root.pem', '-CAkey', 'root.key', '-set_serial', '5', '-days', '400', '-out', `${key}.pem`], folder);
}

function pack(name: string, key: string, ...more: string[]): string {
  openssl(['pkcs12', '-export', '-inkey', `${key}.key`, '-in', `${key}.pem`, '-certfile', 'root.pem', '-passout', 'file:password', '-out', name, ...more], folder);
  return at(name);
}

/** Whether this openssl still makes what old ones made (RC2, 3DES). */
function canPackLegacy(): boolean {
  try {
    pack('legacy-probe.p12', 'ec', '-legacy');
    return true;
  } catch {
    return false;
  }
}

beforeAll(() => {
  if (!isOpensslHere) return;
  writeFileSync(at('password'), 'correct höрse\n');
  writeFileSync(at('wrong'), 'battery staple\n');
  openssl(['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'root.key', '-out', 'root.pem', '-days', '800', '-subj', '/CN=Example root'], folder);
  for (const key of Object.keys(KEYS)) makeCertificate(key);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  environment.SIGNING_PKCS12_PASSWORD_FILE = at('password');
});

const sentenceOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(EnvironmentError);
  return error instanceof EnvironmentError ? error.problems.join(' ') : '';
};

describe.skipIf(!isOpensslHere)('a PKCS #12 file made by openssl', () => {
  const kinds: readonly (readonly [string, string, boolean])[] = [['ec', 'EC', false], ['rsa', 'RSA', false], ['ec', 'EC', true], ['rsa', 'RSA', true]];

  it.each(kinds)('with a key of kind %s (%s) signs with the certificate of its key; old encryption: %s', async (key, keyType, isOld) => {
    if (isOld && !canPackLegacy()) return;
    const file = pack(`${key}-${String(isOld)}.p12`, key, ...(isOld ? ['-legacy'] : []));
    const identity = await readPkcs12Identity({ file, passwordFile: at('password') });
    expect({ keyType: identity.keyType, isTestIdentity: identity.isTestIdentity, issuer: identity.issuer }).toEqual({ keyType, isTestIdentity: false, issuer: null });
    expect([identity.certificate, ...identity.chain].map((der) => new X509Certificate(der).subject)).toEqual(['O=Example\nCN=Example seal', 'CN=Example root']);
    const bytes = Buffer.from('what is signed');
    expect(verify('sha256', bytes, { key: new X509Certificate(identity.certificate).publicKey, dsaEncoding: 'der' }, await identity.sign(bytes))).toBe(true);
    const cms = await makeCms({ digest: createHash('sha256').update(bytes).digest(), identity });
    expect(readCms(cms.encode(), { detached: [bytes], needsSigningCertificate: true }).signer.subject).toContain('Example seal');
  }, 30_000);

  it('of a portal signs for persons with certificates that sign themselves', async () => {
    const portal = await readPkcs12Identity({ file: pack('portal.p12', 'rsa'), passwordFile: at('password') });
    const person = await issuePersonCertificate({ name: 'Łukasz Đặng', now: new Date(), portal });
    const certificate = new X509Certificate(person.certificate);
    expect(person.chain).toEqual([]);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  it('is refused with a sentence where password, file or key do not fit', async () => {
    const file = pack('fine.p12', 'ec');
    const wrong = 'SIGNING_PKCS12_FILE cannot be opened with the password in SIGNING_PKCS12_PASSWORD_FILE.';
    expect(await sentenceOf(readPkcs12Identity({ file, passwordFile: at('wrong') }))).toBe(wrong);
    expect(await sentenceOf(readPkcs12Identity({ file, passwordFile: undefined }))).toBe(wrong);
    if (canPackLegacy()) expect(await sentenceOf(readPkcs12Identity({ file: pack('old.p12', 'ec', '-legacy'), passwordFile: at('wrong') }))).toBe(wrong);
    expect(await sentenceOf(readPkcs12Identity({ file: at('missing.p12'), passwordFile: at('password') }))).toBe('SIGNING_PKCS12_FILE cannot be read: check the path and who may read the file.');
    expect(await sentenceOf(readPkcs12Identity({ file, passwordFile: at('missing') }))).toBe('SIGNING_PKCS12_PASSWORD_FILE cannot be read: check the path and who may read the file.');
    for (const other of ['ec.pem', 'password']) expect(await sentenceOf(readPkcs12Identity({ file: at(other), passwordFile: at('password') }))).toContain('it has to be a PKCS #12 file');
    expect(await sentenceOf(readPkcs12Identity({ file: pack('p384.p12', 'p384'), passwordFile: at('password') }))).toContain('a key that is not used here');
    openssl(['pkcs12', '-export', '-nokeys', '-in', 'ec.pem', '-passout', 'file:password', '-out', 'nokey.p12'], folder);
    expect(await sentenceOf(readPkcs12Identity({ file: at('nokey.p12'), passwordFile: at('password') }))).toContain('it has to be a PKCS #12 file with one RSA or P-256 key');
  }, 30_000);

  it('is warned of from 30 days before its end, refused past it, and named as unusable where it cannot be opened', async () => {
    environment.SIGNING_PKCS12_FILE = pack('status.p12', 'rsa');
    const end = new Date(new X509Certificate(openssl(['x509', '-in', 'rsa.pem'], folder)).validTo);
    const before = (days: number) => new Date(end.getTime() - days * DAY_MS);
    expect(await signingIdentityStatus(before(100))).toMatchObject({ state: 'ok', subject: 'Example seal', isTestIdentity: false });
    expect(await signingIdentityStatus(before(20))).toMatchObject({ state: 'ends_soon', notAfter: end.toISOString(), sentence: expect.stringContaining('in 20 days') });
    expect(await signingIdentityStatus(before(30))).toMatchObject({ state: 'ends_soon', sentence: expect.stringContaining('in 30 days') });
    expect(await signingIdentityStatus(before(31))).toMatchObject({ state: 'ok' });
    expect((await getPortalIdentity(before(20))).keyType).toBe('RSA');
    expect(await signingIdentityStatus(before(-1))).toMatchObject({ state: 'ended' });
    expect(await signingIdentityStatus(before(900))).toMatchObject({ state: 'not_yet' });
    for (const day of [-1, 900]) {
      const error: unknown = await getPortalIdentity(before(day)).catch((caught: unknown) => caught);
      expect(isAppError(error) && error.code).toBe('not_ready');
    }
    environment.SIGNING_PKCS12_FILE = pack('unusable.p12', 'rsa');
    environment.SIGNING_PKCS12_PASSWORD_FILE = at('wrong');
    expect(await signingIdentityStatus(before(100))).toMatchObject({ state: 'unusable', sentence: expect.stringContaining('cannot be opened with the password') });
    // Put right, it is read without a restart.
    environment.SIGNING_PKCS12_PASSWORD_FILE = at('password');
    expect(await signingIdentityStatus(before(100))).toMatchObject({ state: 'ok' });
  }, 30_000);

  it('with the test identity of a demo is refused in production, by each of two at once', async () => {
    const pem = await makeTestIdentity(new Date());
    for (const [name, pattern] of [['demo.key', /-----BEGIN PRIVATE KEY[\s\S]*?END PRIVATE KEY-----\n/], ['demo.pem', /-----BEGIN CERTIFICATE[\s\S]*?END CERTIFICATE-----\n/]] as const) writeFileSync(at(name), pattern.exec(pem)?.[0] ?? '');
    environment.SIGNING_PKCS12_FILE = pack('demo.p12', 'demo');
    const sentences = await Promise.all([1, 2].map(() => sentenceOf(getPortalIdentity(new Date()))));
    for (const sentence of sentences) expect(sentence).toContain('holds a test identity');
  }, 30_000);

  it('that was renewed in its place is read without a restart', async () => {
    environment.SIGNING_PKCS12_FILE = pack('renewed.p12', 'rsa');
    const soon = new Date(Date.now() + DAY_MS);
    expect((await getPortalIdentity(soon)).keyType).toBe('RSA');
    pack('renewed.p12', 'ec');
    expect((await getPortalIdentity(soon)).keyType).toBe('EC');
  }, 30_000);
});
