import PDFDocument from 'pdfkit';
import { registerFonts } from './fonts';
import { INK, MARGINS, QUIET } from './page';

/** A4, tagged (PDF/UA-1), with embedded fonts only. */
export function createDocument({ title, subject }: { readonly title: string; readonly subject: string }): PDFKit.PDFDocument {
  // pdfkit's types know its PDF/A subsets only.
  const subset = { subset: 'PDF/UA' } as object;
  const document = new PDFDocument({
    ...subset,
    size: 'A4',
    margins: MARGINS,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    bufferPages: true,
    // No standard font: none of them can be embedded.
    font: '',
    info: { Title: title, Subject: subject, Creator: 'Airlock', Producer: 'Airlock' },
  });
  registerFonts(document);
  return document;
}

/** All bytes of a document once it has ended. */
export function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}

const SMALL = { size: 7.5, hash: 6.5, color: QUIET } as const;
const HASH_GAP = 6;

/** `note` stands opposite the title; `sha256` is that of `hashOf`. */
export type Frame = { readonly title: string; readonly note: string; readonly hashOf: string; readonly sha256: string };

/** Running title, hash and "page x of y" on every page: artifacts, so that they do not interrupt who listens. */
export function drawFrame(document: PDFKit.PDFDocument, { title, note, hashOf, sha256 }: Frame): void {
  const { start, count } = document.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    document.switchToPage(index);
    const right = document.page.width - MARGINS.right;
    const foot = document.page.height - 52;
    // Text below the bottom margin would otherwise start a new page.
    document.page.margins.bottom = 0;
    document.markContent('Artifact', { type: 'Pagination' });
    document.fillColor(SMALL.color).fontSize(SMALL.size).font('regular');
    const atRight = (text: string, y: number) => document.text(text, right - document.widthOfString(text), y, { lineBreak: false });
    document.text(title, MARGINS.left, 44, { lineBreak: false });
    atRight(note, 44);
    document.moveTo(MARGINS.left, 58).lineTo(right, 58).moveTo(MARGINS.left, foot - 8).lineTo(right, foot - 8).lineWidth(0.5).strokeColor('#dfe3e7').stroke();
    atRight(`Page ${index - start + 1} of ${count}`, foot);
    const label = `SHA-256 of ${hashOf}`;
    document.text(label, MARGINS.left, foot, { lineBreak: false });
    const hashLeft = MARGINS.left + document.widthOfString(label) + HASH_GAP;
    document.font('mono').fontSize(SMALL.hash).text(sha256, hashLeft, foot + 0.7, { lineBreak: false });
    document.endMarkedContent();
    document.fillColor(INK);
  }
}
