import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PDF } from '@libpdf/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasProgram, openssl } from '@/tests/fixtures/openssl';
import { type Appearance } from './appearance';
import { findSignatures } from './find-signatures';
import { type PortalIdentity } from './identity';
import { toPem } from './make-certificate';
import { renderAgreementPdf } from './render-agreement-pdf';
import { signField } from './sign-agreement';
import { utcTime } from './signature-fields';
import { issuePersonCertificate } from './signing-identity';
import { makeTestIdentity, parseTestIdentity } from './test-identity';
import { verifyPdf } from './verify-pdf';

const isOpensslHere = hasProgram('openssl', 'version');
const isPdfsigHere = hasProgram('pdfsig', '-v');
const NAMES = ['Zoë Žižek', '田中 太郎', 'Łukasz Đặng'] as const;
const DRAWING = [[{ x: 0, y: 40 }, { x: 20, y: 0 }, { x: 50, y: 48 }, { x: 90, y: 10 }, { x: 140, y: 44 }], [{ x: 150, y: 5 }, { x: 200, y: 30 }]];
const now = new Date();
const source = readFileSync(path.join(import.meta.dirname, '../../content/nda/1.0.md'), 'utf8');
const template = { title: 'Mutual Non-Disclosure Agreement', version: '1.0', sha256: createHash('sha256').update(source).digest('hex'), source };
const folder = mkdtempSync(path.join(tmpdir(), 'airlock-conformance-'));
const signed = new Map<string, Uint8Array>();
let portal: PortalIdentity;

async function signAs(pdf: Uint8Array, field: 'customer' | 'vendor', name: string, appearance: Appearance): Promise<Uint8Array> {
  const signer = { name, title: 'Head of Legal', organization: `${name} GmbH`, email: 'signatory@customer.example' };
  const identity = await issuePersonCertificate({ name, organization: signer.organization, now, portal });
  return (await signField({ pdf, field, identity, signer, appearance, reason: 'Agrees to this agreement', now })).pdf;
}

async function signAll(name: string): Promise<Uint8Array> {
  const party = { organization: `${name} GmbH`, name, title: 'Head of Legal', email: 'signatory@customer.example' };
  const drawn = await renderAgreementPdf({
    template,
    fields: { vendorName: 'Example Software B.V.', governingLaw: 'Ireland', organizationName: party.organization, customerSignatoryName: name },
    agreementId: 'AG-2026-0001',
    verifyUrl: 'https://portal.example/verify',
    evidence: [{ at: now, text: `${name} confirmed the e-mail address.` }],
    parties: { customer: party, vendor: { organization: 'Example Software B.V.' } },
  });
  const customer = await signAs(drawn, 'customer', name, { kind: 'typed', text: name });
  const vendor = await signAs(customer, 'vendor', name, { kind: 'drawn', paths: DRAWING });
  const facts = [
    { label: 'Agreement', value: 'AG-2026-0001' },
    ...['For the Customer', 'For the Vendor'].map((label) => ({ label, value: `${name}, Head of Legal, ${utcTime(now)}` })),
    { label: 'Read', value: `SHA-256 ${template.sha256}` },
    { label: 'Audit', value: `Event 4711, hash ${template.sha256}` },
  ];
  return (await signField({ pdf: vendor, field: 'seal', identity: portal, signer: { name: 'Airlock' }, appearance: { kind: 'seal', title: 'Sealed by the portal' }, facts, reason: 'Seals the agreement', now })).pdf;
}

beforeAll(async () => {
  portal = parseTestIdentity(await makeTestIdentity(now));
  writeFileSync(path.join(folder, 'root.pem'), toPem(portal.chain[0] ?? new Uint8Array()));
  for (const name of NAMES) signed.set(name, await signAll(name));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pdfOf = (name: string): Uint8Array => signed.get(name) ?? new Uint8Array();

function pdfsig(pdf: Uint8Array): string {
  const file = path.join(folder, 'agreement.pdf');
  writeFileSync(file, pdf);
  return execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8', timeout: 30_000, stdio: ['ignore', 'pipe', 'pipe'] });
}

describe.each(NAMES)('an agreement signed by %s', (name) => {
  it('has three signatures that hold, the last over the whole document', async () => {
    const { verdict, signatures } = await verifyPdf(pdfOf(name), { knownSha256: () => Promise.resolve(true), trusted: portal.chain });
    expect(verdict).toBe('VALID');
    expect(signatures.map(({ signerName, trustedBy, coversWholeDocument }) => ({ signerName, trustedBy, coversWholeDocument }))).toEqual([
      { signerName: name, trustedBy: 'portal', coversWholeDocument: false },
      { signerName: name, trustedBy: 'portal', coversWholeDocument: false },
      { signerName: 'Airlock portal seal (test)', trustedBy: 'portal', coversWholeDocument: true },
    ]);
  });

  it.skipIf(!isPdfsigHere)(isPdfsigHere ? 'is valid to pdfsig' : 'is valid to pdfsig (skipped: pdfsig missing)', () => {
    const said = pdfsig(pdfOf(name));
    expect(said.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(3);
    expect(said.match(/Signature Type: ETSI\.CAdES\.detached/g)).toHaveLength(3);
    expect(said.match(/(?:Not t|T)otal document signed/g)).toEqual(['Not total document signed', 'Not total document signed', 'Total document signed']);
    expect(said.match(new RegExp(`Signer Certificate Common Name: ${name}`, 'g'))).toHaveLength(2);
  }, 30_000);

  it.skipIf(!isPdfsigHere)('is drawn by pdftoppm without a complaint, with ink on each page', () => {
    const file = path.join(folder, 'drawn.pdf');
    writeFileSync(file, pdfOf(name));
    const pages = mkdtempSync(path.join(folder, 'pages-'));
    expect(execFileSync('sh', ['-c', 'pdftoppm -r 24 -gray "$0" "$1/page" 2>&1', file, pages], { encoding: 'utf8', timeout: 60_000 })).toBe('');
    const pictures = readdirSync(pages).map((picture) => readFileSync(path.join(pages, picture)));
    expect(pictures.length).toBeGreaterThan(4);
    for (const picture of pictures) expect(picture.subarray(20).some((value) => value < 128)).toBe(true);
  }, 60_000);

  it.skipIf(!isOpensslHere)('holds CAdES signatures that openssl verifies up to the root of the portal', () => {
    const found = findSignatures(pdfOf(name), Buffer.from(pdfOf(name)).toString('latin1'));
    expect(found).toHaveLength(3);
    for (const { cms, covered } of found) {
      writeFileSync(path.join(folder, 'cms.der'), cms ?? '');
      writeFileSync(path.join(folder, 'content'), Buffer.concat([...(covered ?? [])]));
      // Throws where openssl refuses.
      openssl(['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'cms.der', '-content', 'content', '-CAfile', 'root.pem', '-out', 'verified'], folder);
    }
  }, 30_000);
});

describe('an agreement with a page added after it was signed', () => {
  it('is CHANGED_AFTER_SIGNING, known or not, after each of the signatures', async () => {
    const whole = pdfOf(NAMES[0]);
    const ends = findSignatures(whole, Buffer.from(whole).toString('latin1')).map(({ end }) => end);
    for (const end of ends) {
      const document = await PDF.load(whole.slice(0, end));
      const pages = document.getPageCount();
      document.addPage({ size: 'a4' });
      const longer = await document.save({ incremental: true });
      expect(Buffer.from(longer.subarray(0, end)).equals(Buffer.from(whole.subarray(0, end)))).toBe(true);
      expect((await PDF.load(longer)).getPageCount()).toBe(pages + 1);
      for (const known of [true, null]) {
        const { verdict, signatures } = await verifyPdf(longer, { knownSha256: () => Promise.resolve(known), trusted: portal.chain });
        expect(verdict).toBe('CHANGED_AFTER_SIGNING');
        expect(signatures.every(({ intact, coversWholeDocument }) => intact && !coversWholeDocument)).toBe(true);
      }
    }
  }, 30_000);

  it('is CHANGED_AFTER_SIGNING too where somebody signs the added page', async () => {
    const document = await PDF.load(pdfOf(NAMES[0]).slice());
    document.addPage({ size: 'a4' });
    const { bytes } = await document.sign({ signer: await otherSigner(), reason: 'Covers it up', fieldName: 'another' });
    const { verdict, signatures } = await verifyPdf(bytes, { knownSha256: () => Promise.resolve(null), trusted: portal.chain });
    expect(signatures).toHaveLength(4);
    expect(signatures.at(-1)).toMatchObject({ intact: true, coversWholeDocument: true, trustedBy: null });
    expect(verdict).toBe('CHANGED_AFTER_SIGNING');
  }, 30_000);
});

/** Somebody whom nobody vouches for, as another program would sign. */
async function otherSigner() {
  const other = parseTestIdentity(await makeTestIdentity(now));
  return {
    certificate: other.certificate,
    certificateChain: [...other.chain],
    keyType: 'EC' as const,
    signatureAlgorithm: 'ECDSA' as const,
    sign: (bytes: Uint8Array) => other.sign(bytes),
  };
}
