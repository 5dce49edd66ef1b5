import { type Token, type Tokens } from 'marked';
import PDFDocument from 'pdfkit';
import { splitFrontMatter } from '@/server/content/parse-document';
import { createMarkdown } from '@/server/content/render-markdown';
import { toCell, toRuns, type RunContext } from './nda-runs';
import { registerFonts } from './pdf-fonts';
import { type Run } from './pdf-lines';
import { BODY, INK, MARGINS, type PdfPage, QUIET } from './pdf-page';
import { drawTable, tableHeight, type TableContent } from './pdf-table';

export type NdaPdfTemplate = { readonly title: string; readonly version: string; readonly sha256: string; readonly source: string };

const TITLE = { size: 17, leading: 23 } as const;
const HEADING = { size: 11.5, leading: 16 } as const;
const SMALL = { size: 7.5, leading: 10, color: QUIET } as const;
const NUMBER_WIDTH = 30;
const PARAGRAPH_GAP = 6;
const LIST_GAP = 3;
/** Points: the fields for signatures on a page stay with their heading. */
const SIGNATURES_HEIGHT = 190;

/** A4, tagged (PDF/UA-1), with embedded fonts only. */
export function createDocument(template: NdaPdfTemplate): PDFKit.PDFDocument {
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
    info: { Title: `${template.title}, version ${template.version}`, Subject: `SHA-256 of the template: ${template.sha256}`, Creator: 'Airlock', Producer: 'Airlock' },
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

export function drawTitle(page: PdfPage, { title, version }: NdaPdfTemplate): void {
  const heading = page.document.struct('H1');
  page.root.add(heading);
  page.flow(heading, page.lines([{ text: title, font: 'semibold' }], page.width, TITLE), MARGINS.left, TITLE);
  heading.end();
  page.y += 2;
  drawParagraph(page, [{ text: `Version ${version}`, font: 'regular' }], { size: BODY.size, leading: BODY.leading, color: QUIET });
  page.y += 6;
}

/**
 * The text of the template. Where `drawSignatures` is given it is called in place of the table that has the fields for signatures, or
 * at the end where the template has none.
 */
export function drawBody(page: PdfPage, template: NdaPdfTemplate, context: RunContext, drawSignatures?: () => void): void {
  const tokens = createMarkdown({ source: '', values: {} }).lexer(splitFrontMatter(template.source).body).filter((token) => token.type !== 'space');
  let list: PDFKit.PDFStructureElement | null = null;
  let drawn = false;
  tokens.forEach((token, index) => {
    const item = token.type === 'paragraph' && /^\([a-z]\)\s/.test(token.text) ? token : null;
    if (!item) {
      if (list) page.y += LIST_GAP;
      list?.end();
      list = null;
    }
    if (item) {
      if (!list) page.root.add((list = page.document.struct('L')));
      drawListItem(page, list, toRuns(item.tokens ?? [], context));
    } else if (drawSignatures && isSignatureTable(token)) {
      if (!drawn) drawSignatures();
      drawn = true;
    } else drawBlock(page, token, tokens[index + 1], context);
  });
  if (!drawn) drawSignatures?.();
}

/** The table in which the parties sign on paper. */
function isSignatureTable(token: Token | undefined): boolean {
  return token?.type === 'table' && /\{\{(vendor|customer)Signature\}\}/.test(token.raw);
}

function drawBlock(page: PdfPage, token: Token, next: Token | undefined, context: RunContext): void {
  if (token.type === 'heading') return drawHeading(page, token as Tokens.Heading, next, context);
  if (token.type === 'table') return drawTable(page, toTable(token as Tokens.Table, context));
  if (token.type !== 'paragraph') throw new Error(`The NDA template has a block of type "${token.type}", which its PDF does not draw.`);
  const runs = toRuns(token.tokens ?? [], context);
  const number = /^\d+\.\d+(?=\s)/.exec(runs[0]?.text ?? '')?.[0];
  // A sentence that opens a list does not stay behind alone.
  if (/:\s*$/.test(token.raw)) page.need(4 * BODY.leading);
  if (number) drawNumbered(page, 'P', number, runs);
  else drawParagraph(page, runs);
}

function drawHeading(page: PdfPage, token: Tokens.Heading, next: Token | undefined, context: RunContext): void {
  const following = isSignatureTable(next) ? SIGNATURES_HEIGHT : next?.type === 'table' ? tableHeight(page, toTable(next as Tokens.Table, context)) : 3 * BODY.leading;
  drawHeadingRuns(page, token.depth <= 2 ? 'H2' : 'H3', toRuns(token.tokens, context), following);
}

/** A heading that stays with `following` points of what comes after it. */
export function drawHeadingRuns(page: PdfPage, type: 'H2' | 'H3', given: readonly Run[], following: number): void {
  page.y += 8;
  page.need(HEADING.leading + 4 + following);
  const heading = page.document.struct(type);
  page.root.add(heading);
  const runs = given.map(({ text }): Run => ({ text, font: 'semibold' }));
  page.flow(heading, page.lines(runs, page.width, HEADING), MARGINS.left, HEADING);
  heading.end();
  page.y += 4;
}

export function drawParagraph(page: PdfPage, runs: readonly Run[], style: { size: number; leading: number; color?: string } = BODY): void {
  const paragraph = page.document.struct('P');
  page.root.add(paragraph);
  page.flow(paragraph, page.lines(runs, page.width, style), MARGINS.left, style);
  paragraph.end();
  page.y += PARAGRAPH_GAP;
}

/** The runs without the number or letter that they begin with. */
function withoutLead(runs: readonly Run[], lead: string): Run[] {
  return runs.map((run, index) => (index === 0 ? { ...run, text: run.text.slice(lead.length).trimStart() } : run));
}

/** Clause `3.1`: the number stands out to the left, in the same paragraph for who reads or copies it. */
function drawNumbered(page: PdfPage, type: string, number: string, runs: readonly Run[]): void {
  const paragraph = page.document.struct(type);
  page.root.add(paragraph);
  const lines = page.lines(withoutLead(runs, number), page.width - NUMBER_WIDTH, BODY);
  page.flow(paragraph, lines, MARGINS.left + NUMBER_WIDTH, BODY, (top) => page.drawLines([[{ text: number, font: 'regular' }]], MARGINS.left, top, BODY));
  paragraph.end();
  page.y += PARAGRAPH_GAP;
}

/** `(a) …` as an item of a list: label and body. */
function drawListItem(page: PdfPage, list: PDFKit.PDFStructureElement, runs: readonly Run[]): void {
  const { document } = page;
  const label = /^\([a-z]\)/.exec(runs[0]?.text ?? '')?.[0] ?? '';
  const left = MARGINS.left + NUMBER_WIDTH;
  const lines = page.lines(withoutLead(runs, label), page.width - NUMBER_WIDTH - 22, BODY);
  page.need(Math.min(2, lines.length) * BODY.leading);
  const item = document.struct('LI');
  list.add(item);
  item.add(document.struct('Lbl', {}, [() => page.drawLines([[{ text: label, font: 'regular' }]], left, page.y, BODY)]));
  const body = document.struct('LBody');
  item.add(body);
  page.flow(body, lines, left + 22, BODY);
  item.end();
  page.y += LIST_GAP;
}

function toTable({ header, rows }: Tokens.Table, context: RunContext): TableContent {
  return {
    header: header.map((cell) => toCell(cell, context, 'semibold')),
    rows: rows.map((row) => row.map((cell, index) => toCell(cell, context, index === 0 ? 'semibold' : 'regular'))),
  };
}

/** Running title, hash of the template and "page x of y": artifacts, so that they do not interrupt who listens. */
export function drawHeadersAndFooters(document: PDFKit.PDFDocument, template: NdaPdfTemplate): void {
  const { start, count } = document.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    document.switchToPage(index);
    const right = document.page.width - MARGINS.right;
    // Text below the bottom margin would otherwise start a new page.
    document.page.margins.bottom = 0;
    document.markContent('Artifact', { type: 'Pagination' });
    document.fillColor(SMALL.color).fontSize(SMALL.size).font('regular');
    document.text(template.title, MARGINS.left, 44, { lineBreak: false });
    const version = `Version ${template.version}`;
    document.text(version, right - document.widthOfString(version), 44, { lineBreak: false });
    const foot = document.page.height - 52;
    document.moveTo(MARGINS.left, 58).lineTo(right, 58).moveTo(MARGINS.left, foot - 8).lineTo(right, foot - 8).lineWidth(0.5).strokeColor('#dfe3e7').stroke();
    const number = `Page ${index - start + 1} of ${count}`;
    document.text(number, right - document.widthOfString(number), foot, { lineBreak: false });
    document.text('SHA-256 of the template', MARGINS.left, foot, { lineBreak: false });
    document.font('mono').fontSize(6.5).text(template.sha256, MARGINS.left + 92, foot + 0.7, { lineBreak: false });
    document.endMarkedContent();
    document.fillColor(INK);
  }
}
