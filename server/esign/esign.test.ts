import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError } from '@/domain/errors';
import { requirePrintableDetails } from '../nda/printable';
import { findSignatures } from './find-signatures';
import { renderAgreementPdf } from './render-agreement-pdf';
import { signField, type SignedField } from './sign-agreement';
import { validateDrawing } from './signature-input';
import { type PortalIdentity } from './identity';
import { commonName, issuePersonCertificate } from './signing-identity';
import { makeTestIdentity, parseTestIdentity, readTestIdentity } from './test-identity';
import { verifyPdf } from './verify-pdf';

const now = new Date('2026-11-27T05:20:31.123Z');
const template = { title: 'A small agreement', version: '9.9', sha256: 'ab'.repeat(32), source: '---\ntitle: x\n---\n\n1.1 Both keep it secret.\n\n| | V | C |\n| --- | --- | --- |\n| Signature | {{vendorSignature}} | {{customerSignature}} |\n' };
let portal: PortalIdentity;
let drawn: Uint8Array;
let customer: SignedField;
let sealed: SignedField;

async function sign(pdf: Uint8Array, field: 'customer' | 'vendor', name: string): Promise<SignedField> {
  const identity = await issuePersonCertificate({ name, organization: 'Acme', now, portal });
  return signField({ pdf, field, identity, signer: { name, organization: 'Acme' }, appearance: { kind: 'typed', text: name }, reason: 'Agrees', now });
}

beforeAll(async () => {
  portal = parseTestIdentity(await makeTestIdentity(now));
  drawn = await renderAgreementPdf({ template, fields: { vendorName: 'Example', governingLaw: 'Ireland' }, agreementId: 'a-1', verifyUrl: 'https://portal.example/verify', evidence: [{ at: now, text: 'Read by 田中 太郎.' }], parties: { customer: { organization: '株式会社', name: '田中 太郎' }, vendor: { organization: 'Example' } } });
  customer = await sign(drawn, 'customer', '田中 太郎');
  const vendor = await sign(customer.pdf, 'vendor', 'Łukasz Đặng');
  sealed = await signField({ pdf: vendor.pdf, field: 'seal', identity: portal, signer: { name: 'Portal' }, appearance: { kind: 'seal', title: 'Sealed by the portal' }, reason: 'Seals', now });
}, 30_000);

const known = (...hashes: string[]) => ({ knownSha256: (sha256: string) => Promise.resolve(hashes.includes(sha256) ? true : null), trusted: portal.chain });
const verdict = async (pdf: Uint8Array) => (await verifyPdf(pdf, known(sealed.sha256))).verdict;

describe('a signed agreement', () => {
  it('is VALID as the portal stored it, with each signature named, intact and timed', async () => {
    const result = await verifyPdf(sealed.pdf, known(sealed.sha256));
    expect(result.verdict).toBe('VALID');
    expect(result.signatures.map(({ field, signerName, intact, trustedBy, signedAt }) => ({ field, signerName, intact, trustedBy, signedAt }))).toEqual([
      { field: 'customer', signerName: '田中 太郎', intact: true, trustedBy: 'portal', signedAt: '2026-11-27T05:20:31.000Z' },
      { field: 'vendor', signerName: 'Łukasz Đặng', intact: true, trustedBy: 'portal', signedAt: '2026-11-27T05:20:31.000Z' },
      { field: 'seal', signerName: 'Airlock portal seal (test)', intact: true, trustedBy: 'portal', signedAt: '2026-11-27T05:20:31.000Z' },
    ]);
    expect(result.signatures.map(({ coversWholeDocument }) => coversWholeDocument)).toEqual([false, false, true]);
  });

  it('keeps every byte that stood before a signature', () => {
    expect(Buffer.from(sealed.pdf.subarray(0, customer.pdf.length)).equals(Buffer.from(customer.pdf))).toBe(true);
    expect(Buffer.from(customer.pdf.subarray(0, drawn.length)).equals(Buffer.from(drawn))).toBe(true);
    expect(createHash('sha256').update(sealed.pdf).digest('hex')).toBe(sealed.sha256);
  });

  it('is INTACT_UNKNOWN_SIGNER to a portal that does not know it, UNSIGNED before, and intact after one signature', async () => {
    expect((await verifyPdf(sealed.pdf, { ...known(), trusted: [] })).verdict).toBe('INTACT_UNKNOWN_SIGNER');
    expect(await verdict(drawn)).toBe('UNSIGNED');
    expect(await verdict(customer.pdf)).toBe('INTACT_UNKNOWN_SIGNER');
    expect(await verdict(new TextEncoder().encode('no PDF'))).toBe('UNSIGNED');
  });

  it('is CHANGED_AFTER_SIGNING with anything behind it', async () => {
    expect(await verdict(Buffer.concat([sealed.pdf, Buffer.from('\n% more')]))).toBe('CHANGED_AFTER_SIGNING');
  });

  it('is not VALID with any of 500 bytes flipped', async () => {
    let seed = 4;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let count = 0; count < 500; count += 1) {
      const pdf = Buffer.from(sealed.pdf);
      const at = random(pdf.length);
      pdf[at] = (pdf[at] ?? 0) ^ (1 + random(255));
      expect(await verdict(pdf), `byte ${at}`).not.toBe('VALID');
    }
  }, 240_000);

  it('is read without unpacking anything and without following what leads in circles, however large and hostile the file', async () => {
    const bomb = deflateSync(Buffer.alloc(32 * 1024 * 1024));
    const hostile = [
      Buffer.concat([Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Length ${bomb.length} /Filter /FlateDecode >>\nstream\n`), bomb, Buffer.from('\nendstream\nendobj\n')]),
      Buffer.from('/ByteRange [0 1 4 1] /Contents <'.repeat(600_000)),
      Buffer.from(`%PDF-1.7\n${'<< /Kids [ '.repeat(200_000)}`),
      Buffer.from('%PDF-1.7\nxref\n0 1\ntrailer\n<< /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF'),
    ];
    const verdicts = [];
    for (const pdf of hostile) verdicts.push(await verdict(pdf));
    expect(verdicts).toEqual(['UNSIGNED', 'BROKEN', 'UNSIGNED', 'UNSIGNED']);
  }, 60_000);

  it('takes no second signature in the same field', async () => {
    const error: unknown = await sign(sealed.pdf, 'customer', 'Another').catch((caught: unknown) => caught);
    expect(isAppError(error) && error.code).toBe('conflict');
  });

  it('certifies the document at the first signature only, and asks no reader to draw', () => {
    const text = Buffer.from(sealed.pdf).toString('latin1');
    expect(text.match(/\/TransformMethod \/DocMDP/g)).toHaveLength(1);
    expect(text).toContain('/SigFlags 3');
    expect(text).not.toContain('NeedAppearances');
    expect(findSignatures(sealed.pdf, text)).toHaveLength(3);
  });
});

describe('what people give', () => {
  it.each([[[]], [[[{ x: 1, y: 1 }]]], [[[{ x: 1, y: 1 }, { x: 2, y: 2 }]]], [Array.from({ length: 201 }, () => [{ x: 0, y: 0 }])], [[[{ x: Number.NaN, y: 0 }]]], ['M 0 0']])('is no drawing: %#', (paths) => {
    expect(() => validateDrawing(paths)).toThrow('validation_failed');
  });

  it('is a drawing with some ink, and a name that can be printed', () => {
    expect(validateDrawing([[{ x: 0, y: 0 }, { x: 60.123, y: 20 }]])).toEqual([[{ x: 0, y: 0 }, { x: 60.12, y: 20 }]]);
    for (const name of ['Zoe\u0308 Žižek', '田中 さくら']) expect(() => requirePrintableDetails({ name })).not.toThrow();
    for (const name of ['x'.repeat(301), 'דוד', 'Ann 🚀']) expect(() => requirePrintableDetails({ name })).toThrow('validation_failed');
  });

  it('fits with 300 characters each', async () => {
    expect((await sign(drawn, 'customer', 'Ž'.repeat(300))).pdf.length).toBeGreaterThan(drawn.length);
  });
});

describe('the identities', () => {
  it('are refused past their end', async () => {
    const late = new Date('2036-01-01T00:00:00Z');
    const error: unknown = await signField({ pdf: drawn, field: 'seal', identity: portal, signer: { name: 'Portal' }, appearance: { kind: 'seal', title: 'Seal' }, reason: 'Seals', now: late }).catch((caught: unknown) => caught);
    expect(isAppError(error) && error.code).toBe('not_ready');
  });

  it('of persons are issued by the portal, each with a key of its own', async () => {
    const [one, two] = await Promise.all(['Zoë', 'Zoë'].map((name) => issuePersonCertificate({ name, now, portal })));
    const root = new X509Certificate(portal.chain[0] ?? new Uint8Array());
    expect(new X509Certificate(one?.certificate ?? new Uint8Array()).verify(createPublicKey(root.publicKey.export({ type: 'spki', format: 'pem' })))).toBe(true);
    expect(Buffer.from(one?.certificate ?? []).equals(Buffer.from(two?.certificate ?? []))).toBe(false);
  });

  it.each(['King, Jr., Ann "Bo" <a+b>; c\\d', '#1 Žižek = 田中'])('of persons name them as they are written: %s', async (name) => {
    const { certificate } = await issuePersonCertificate({ name, organization: 'Acme, Inc.', now, portal });
    expect(commonName(certificate)).toBe(name);
  });

  const folder = mkdtempSync(path.join(tmpdir(), 'airlock-identity-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('of a demo are made once, readable by their owner alone', async () => {
    const [one, two] = await Promise.all([readTestIdentity({ dataDir: folder, now }), readTestIdentity({ dataDir: folder, now })]);
    expect(Buffer.from(one.certificate).equals(Buffer.from(two.certificate))).toBe(true);
    expect(statSync(path.join(folder, 'signing')).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(folder, 'signing', 'test-identity.pem')).mode & 0o777).toBe(0o600);
  });
});
