import { createHash } from 'node:crypto';
import PDFDocument from 'pdfkit';
import { type ErasedFile, type ErasureCertificatePayload } from '@/domain/erasure';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { RECEIPT_KEY_PATH } from '@/domain/receipt';
import { formatExactBytes, groupDigits } from '@/lib/format/bytes';
import { formatDateTimeSeconds } from '@/lib/format/time';
import { collect, drawHeadingRuns, drawParagraph } from '../nda/nda-document';
import { registerFonts } from '../nda/pdf-fonts';
import { INK, MARGINS, PdfPage, QUIET } from '../nda/pdf-page';
import { type Cell, drawTable } from '../nda/pdf-table';

const TITLE = { size: 17, leading: 23 } as const;
const SMALL = { size: 7.5, color: QUIET } as const;
const NAME = 'Certificate of erasure';

export type CertificatePdfInput = { readonly content: ErasureCertificatePayload; /** Base64, as it was signed. */ readonly signature: string; readonly payload: string };

const text = (value: string): Cell => ({ runs: [{ text: value, font: 'regular' }] });
const bold = (value: string): Cell => ({ runs: [{ text: value, font: 'semibold' }] });
const mono = (value: string): Cell => ({ runs: [{ text: value, font: 'mono' }] });
const count = (value: number, one: string, many: string) => `${groupDigits(value)} ${value === 1 ? one : many}`;

/**
 * A certificate of erasure for reading and filing: A4, tagged (PDF/UA-1), fonts embedded. What is signed is the JSON, whose SHA-256 stands on each
 * page; this says the same. The bytes differ from call to call.
 */
export async function renderCertificatePdf({ content, signature, payload }: CertificatePdfInput): Promise<Uint8Array> {
  const sha256 = createHash('sha256').update(payload, 'utf8').digest('hex');
  const document = createDocument(content);
  const bytes = collect(document);
  const root = document.struct('Document');
  document.addStructure(root);
  const page = new PdfPage(document, root);
  drawFirstPart(page, content);
  drawFiles(page, content.files);
  drawCheck(page, { content, signature, sha256 });
  root.end();
  drawFrame(document, content, sha256);
  document.end();
  return new Uint8Array(await bytes);
}

function createDocument({ caseReference, certificateId }: ErasureCertificatePayload): PDFKit.PDFDocument {
  // pdfkit's types know its PDF/A subsets only.
  const subset = { subset: 'PDF/UA' } as object;
  const document = new PDFDocument({
    ...subset, size: 'A4', margins: MARGINS, pdfVersion: '1.7', tagged: true, lang: 'en-GB', displayTitle: true, bufferPages: true,
    // No standard font: none of them can be embedded.
    font: '',
    info: { Title: `${NAME}, case ${caseReference}`, Subject: `Certificate ${certificateId}`, Creator: 'Airlock', Producer: 'Airlock' },
  });
  registerFonts(document);
  return document;
}

function drawFirstPart(page: PdfPage, content: ErasureCertificatePayload): void {
  const heading = page.document.struct('H1');
  page.root.add(heading);
  page.flow(heading, page.lines([{ text: NAME, font: 'semibold' }], page.width, TITLE), MARGINS.left, TITLE);
  heading.end();
  page.y += 6;
  drawParagraph(page, [{ text: sentenceOf(content), font: 'regular' }]);
  const { totals } = content;
  const rows: (readonly [string, string | null])[] = [
    ['Case', content.caseReference],
    ['What was ordered', content.scope === 'case' ? 'Everything of the case' : 'One file'],
    ['Ordered', formatDateTimeSeconds(content.orderedAt)],
    ['Last seen in storage', content.lastSeenAt === null ? 'Nothing was there' : formatDateTimeSeconds(content.lastSeenAt)],
    ['Verified absent', formatDateTimeSeconds(content.verifiedAbsentAt)],
    ['URLs that could still write', urlWords(content)],
    ['What was there', `${count(totals.files, 'file', 'files')}, ${count(totals.segments, 'segment', 'segments')}, ${formatExactBytes(totals.rawSizeBytes)} raw, ${formatExactBytes(totals.sizeBytes)} in storage, ${count(totals.versions, 'stored version', 'stored versions')}`],
    ['Beside the files', content.strays.versions === 0 ? null : `${count(content.strays.versions, 'stored version', 'stored versions')}, ${formatExactBytes(content.strays.bytes)}`],
    ['Stopped and emptied', `${count(content.runsCancelled, 'analysis', 'analyses')} stopped, ${count(content.outputs, 'result', 'results')} emptied, ${count(content.keysEnded, 'upload key', 'upload keys')} ended`],
    ['Erased by', `${content.vendor}, ${content.portalUrl}`],
    ['Order', content.orderId],
    ['Certificate', `${content.certificateId}, edition ${content.edition}${content.isFinal ? ', final' : ''}`],
    ['Issued', formatDateTimeSeconds(content.issuedAt)],
  ];
  drawTable(page, { header: [bold('Item'), bold('Recorded')], rows: rows.flatMap(([label, value]) => (value === null ? [] : [[bold(label), text(value)]])) });
}

function sentenceOf({ vendor, scope, caseReference, files }: ErasureCertificatePayload): string {
  if (scope === 'file' && files.every(({ expiredAt }) => expiredAt !== undefined)) {
    return `${vendor} erased what was made of a file of case ${caseReference} on the customer's order. The file itself had been erased on its date; it was looked for once more and found absent. This certificate names no person and no file.`;
  }
  const what = scope === 'case' ? `everything that was sent for case ${caseReference}` : `a file of case ${caseReference}`;
  return `${vendor} erased ${what} on the customer's order: every object and every version of it was deleted, and then looked for and found absent, by a listing and by asking for each known key. This certificate names no person and no file.`;
}

/** What the certificate says of URLs that were issued before the order. */
export function urlWords({ urlsEndAt, isFinal, lookedAgainAt, files }: ErasureCertificatePayload): string {
  if (urlsEndAt === null) return 'None: no URL that was issued before the order was in force within the hour before.';
  if (!isFinal || lookedAgainAt === null) return `Those issued before the order end at ${formatDateTimeSeconds(urlsEndAt)}. Until they have, the portal looks again each minute and deletes what they write; edition 2 of this certificate says how that ended.`;
  const late = files.reduce((sum, file) => sum + (file.late?.versions ?? 0), 0);
  const found = late === 0 ? 'Nothing was written.' : `${count(late, 'version was', 'versions were')} written, and deleted as well.`;
  return `Those issued before the order ended at ${formatDateTimeSeconds(urlsEndAt)}. The portal looked again until ${formatDateTimeSeconds(lookedAgainAt)}. ${found}`;
}

function drawFiles(page: PdfPage, files: readonly ErasedFile[]): void {
  if (files.length === 0) return;
  drawHeadingRuns(page, 'H2', [{ text: 'What was there', font: 'semibold' }], 60);
  drawTable(page, { header: [bold('No.'), bold('File'), bold('SHA-256 of the whole content')], rows: files.map((file, at) => [text(String(at + 1)), text(fileWords(file)), hashCell(file)]) });
}

function fileWords(file: ErasedFile): string {
  const size = file.rawSizeBytes === null ? 'not sent to its end' : `${formatExactBytes(file.rawSizeBytes)} raw`;
  const late = file.late === null ? '' : ` Written once more and deleted, last seen ${formatDateTimeSeconds(file.late.lastSeenAt)}.`;
  const expired = file.expiredAt === undefined ? '' : ` Erased on its date, ${formatDateTimeSeconds(file.expiredAt)}, before the order.`;
  return `${FILE_KIND_LABELS[file.kind]}, ${size}, ${count(file.segments.length, 'segment', 'segments')}, ${count(file.found.versions, 'stored version', 'stored versions')} found.${expired} Absent ${formatDateTimeSeconds(file.verifiedAbsentAt)}.${late} File ${file.fileId}.`;
}

/** A file that was not read back has no hash of the whole; a single segment stands for it. */
function hashCell({ rawSha256, segments }: ErasedFile): Cell {
  if (rawSha256 !== null) return mono(rawSha256);
  const [only] = segments;
  if (only && segments.length === 1) return mono(only.rawSha256);
  return text(segments.length === 0 ? 'None: nothing of it was seen in storage by the ledger.' : 'Not read back: the hash of each segment stands in the JSON.');
}

function drawCheck(page: PdfPage, { content, signature, sha256 }: { content: ErasureCertificatePayload; signature: string; sha256: string }): void {
  drawHeadingRuns(page, 'H2', [{ text: 'Check it without the portal', font: 'semibold' }], 60);
  drawParagraph(page, [{ text: 'What is signed is certificate.json, byte for byte (Ed25519, RFC 8032). With that file, certificate.sig and the portal\'s public key:', font: 'regular' }]);
  drawParagraph(page, [{ text: 'openssl pkeyutl -verify -pubin -inkey receipt-key.pem -rawin -in certificate.json -sigfile certificate.sig', font: 'mono' }]);
  drawTable(page, {
    header: [bold('Item'), bold('Value')],
    rows: [
      [bold('SHA-256 of certificate.json'), mono(sha256)],
      [bold('Signature, base64'), mono(signature)],
      [bold('Key'), mono(content.keyId)],
      [bold('Public key'), text(`${content.portalUrl}${RECEIPT_KEY_PATH}`)],
    ],
  });
}

/** Running title, hash and "page x of y": artifacts, so that they do not interrupt who listens. */
function drawFrame(document: PDFKit.PDFDocument, { caseReference }: ErasureCertificatePayload, sha256: string): void {
  const { start, count: pages } = document.bufferedPageRange();
  for (let index = start; index < start + pages; index += 1) {
    document.switchToPage(index);
    const right = document.page.width - MARGINS.right;
    const foot = document.page.height - 52;
    // Text below the bottom margin would otherwise start a new page.
    document.page.margins.bottom = 0;
    document.markContent('Artifact', { type: 'Pagination' });
    document.fillColor(SMALL.color).fontSize(SMALL.size).font('regular');
    const at = (value: string, y: number) => document.text(value, right - document.widthOfString(value), y, { lineBreak: false });
    document.text(NAME, MARGINS.left, 44, { lineBreak: false });
    at(`Case ${caseReference}`, 44);
    document.moveTo(MARGINS.left, 58).lineTo(right, 58).moveTo(MARGINS.left, foot - 8).lineTo(right, foot - 8).lineWidth(0.5).strokeColor('#dfe3e7').stroke();
    at(`Page ${index - start + 1} of ${pages}`, foot);
    document.text('SHA-256 of certificate.json', MARGINS.left, foot, { lineBreak: false });
    document.font('mono').fontSize(6.5).text(sha256, MARGINS.left + 104, foot + 0.7, { lineBreak: false });
    document.endMarkedContent();
    document.fillColor(INK);
  }
}
