import { createHash } from 'node:crypto';
import { type ErasedFile, type ErasureCertificatePayload } from '@/domain/erasure';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { RECEIPT_KEY_PATH } from '@/domain/receipt';
import { count } from '@/domain/words';
import { formatExactBytes } from '@/lib/format/bytes';
import { formatDateTimeSeconds } from '@/lib/format/time';
import { collect, createDocument, drawFrame } from '../pdf/document';
import { PdfPage } from '../pdf/page';
import { type Cell, drawTable } from '../pdf/table';
import { drawHeading, drawParagraph, drawTitle } from '../pdf/text';

const NAME = 'Certificate of erasure';

export type CertificatePdfInput = { readonly content: ErasureCertificatePayload; /** Base64, as it was signed. */ readonly signature: string; readonly payload: string };

const text = (value: string): Cell => ({ runs: [{ text: value, font: 'regular' }] });
const bold = (value: string): Cell => ({ runs: [{ text: value, font: 'semibold' }] });
const mono = (value: string): Cell => ({ runs: [{ text: value, font: 'mono' }] });

/**
 * A certificate of erasure for reading and filing: A4, tagged (PDF/UA-1), fonts embedded. What is signed is the JSON, whose SHA-256 stands on each
 * page; this says the same. The bytes differ from call to call.
 */
export async function renderCertificatePdf({ content, signature, payload }: CertificatePdfInput): Promise<Uint8Array> {
  const sha256 = createHash('sha256').update(payload, 'utf8').digest('hex');
  const { caseReference, certificateId } = content;
  const document = createDocument({ title: `${NAME}, case ${caseReference}`, subject: `Certificate ${certificateId}` });
  const bytes = collect(document);
  const root = document.struct('Document');
  document.addStructure(root);
  const page = new PdfPage(document, root);
  drawFirstPart(page, content);
  drawFiles(page, content.files);
  drawCheck(page, { content, signature, sha256 });
  root.end();
  drawFrame(document, { title: NAME, note: `Case ${caseReference}`, hashOf: 'certificate.json', sha256 });
  document.end();
  return new Uint8Array(await bytes);
}

function drawFirstPart(page: PdfPage, content: ErasureCertificatePayload): void {
  drawTitle(page, NAME);
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
function urlWords({ urlsEndAt, isFinal, lookedAgainAt, files }: ErasureCertificatePayload): string {
  if (urlsEndAt === null) return 'None: no URL that was issued before the order was in force within the hour before.';
  if (!isFinal || lookedAgainAt === null) return `Those issued before the order end at ${formatDateTimeSeconds(urlsEndAt)}. Until they have, the portal looks again each minute and deletes what they write; edition 2 of this certificate says how that ended.`;
  const late = files.reduce((sum, file) => sum + (file.late?.versions ?? 0), 0);
  const found = late === 0 ? 'Nothing was written.' : `${count(late, 'version was', 'versions were')} written, and deleted as well.`;
  return `Those issued before the order ended at ${formatDateTimeSeconds(urlsEndAt)}. The portal looked again until ${formatDateTimeSeconds(lookedAgainAt)}. ${found}`;
}

function drawFiles(page: PdfPage, files: readonly ErasedFile[]): void {
  if (files.length === 0) return;
  drawHeading(page, 'H2', [{ text: 'What was there', font: 'semibold' }], 60);
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
  drawHeading(page, 'H2', [{ text: 'Check it without the portal', font: 'semibold' }], 60);
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
