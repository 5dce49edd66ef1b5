import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { type ErasedFile, type ErasureCertificatePayload, isLookDue } from '@/domain/erasure';
import { readPdf } from '../nda/testing/read-pdf';
import { parseReceiptKey } from '../receipt/receipt-key';
import { renderCertificatePdf } from './certificate-pdf';
import { signCertificate } from './sign-certificate';

const key = parseReceiptKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
const at = '2026-11-27T10:00:00.000Z';
const id = '01932d5c-7a1e-7c3f-8a55-0123456789ab';
const hash = 'ab'.repeat(32);
const file: ErasedFile = {
  fileId: id, kind: 'heap_dump', encoding: 'raw', isComplete: true, rawSizeBytes: 1234, sizeBytes: 900, rawSha256: hash, segments: [{ index: 1, rawSizeBytes: 1234, rawSha256: hash, sizeBytes: 900, sha256: hash }],
  receiptId: id, reservedAt: at, storedAt: at, found: { at, versions: 1, bytes: 900 }, lastSeenAt: at, verifiedAbsentAt: at, urlsEndAt: at, late: null,
};
const certificate: Omit<ErasureCertificatePayload, 'keyId' | 'type' | 'version'> = {
  certificateId: id, orderId: id, edition: 1, isFinal: false, vendor: 'Example Software', portalUrl: 'https://data.example.com', caseReference: 'AL-7K3M-Q2ZD', scope: 'case', orderedAt: at, files: [file],
  totals: { files: 1, segments: 1, rawSizeBytes: 1234, sizeBytes: 900, versions: 1 }, runsCancelled: 1, outputs: 2, keysEnded: 1, strays: { versions: 3, bytes: 30 },
  lastSeenAt: at, verifiedAbsentAt: at, urlsEndAt: at, lookedAgainAt: null, issuedAt: at,
};

it('refuses to sign what is no certificate, or names a file', () => {
  expect(() => signCertificate({ ...certificate, orderedAt: 'yesterday' }, key)).toThrow();
  expect(() => signCertificate({ ...certificate, files: [{ ...file, name: 'secret.hprof' } as ErasedFile] }, key)).toThrow();
  expect(JSON.parse(signCertificate(certificate, key).payload)).toEqual({ ...certificate, type: 'airlock-erasure-certificate', version: 1, keyId: key.keyId });
});

it('says in the PDF what the JSON says, tagged, and over as many pages as it takes', async () => {
  const many = { ...certificate, files: Array.from({ length: 60 }, () => file) };
  const signed = signCertificate(many, key);
  const pdf = Buffer.from(await renderCertificatePdf({ ...signed, content: { ...many, type: 'airlock-erasure-certificate', version: 1, keyId: key.keyId } }));
  const { pages, structure, raw } = readPdf(pdf);
  const text = pages.join('\n').replace(/\s+/g, ' ');
  for (const words of ['Certificate of erasure', 'Everything of the case', '27 Nov 2026, 10:00:00 UTC', 'edition 1', '1,234 bytes raw', '3 stored versions, 30 bytes', 'openssl pkeyutl -verify']) expect(text).toContain(words);
  expect(pages.length).toBeGreaterThan(3);
  pages.forEach((page, index) => expect(page).toContain(`Page ${index + 1} of ${pages.length}`));
  expect(structure).toMatchObject({ Document: 1, H1: 1, Table: 3 });
  expect(raw).toContain('<pdfuaid:part>1</pdfuaid:part>');
});

it('does not say of a file that had expired that it was there', async () => {
  const content = { ...certificate, scope: 'file' as const, type: 'airlock-erasure-certificate' as const, version: 1 as const, keyId: key.keyId, files: [{ ...file, expiredAt: at }] };
  const pdf = Buffer.from(await renderCertificatePdf({ ...signCertificate({ ...certificate, files: content.files }, key), content }));
  const text = readPdf(pdf).pages.join('\n').replace(/\s+/g, ' ');
  for (const words of ['erased what was made of a file of case AL-7K3M-Q2ZD', 'Erased on its date, 27 Nov 2026, 10:00:00 UTC']) expect(text).toContain(words);
});

it('looks each minute while a URL can begin to write, each ten while one can end, once after that, and then never', () => {
  const urlsEndAt = new Date('2026-11-27T10:15:00Z');
  const due = (lookedAt: string | null, now: string) => isLookDue({ urlsEndAt, lookedAt: lookedAt === null ? null : new Date(`2026-11-27T${lookedAt}:00Z`), now: new Date(`2026-11-27T${now}:00Z`) });
  expect([due(null, '10:01'), due('10:01', '10:02'), due('10:19', '10:20')]).toEqual([true, true, true]);
  expect([due('10:20', '10:21'), due('10:20', '10:30'), due('11:10', '11:15'), due('11:15', '11:16')]).toEqual([false, true, true, false]);
});
