import { type Token, type Tokens } from 'marked';
import { splitFrontMatter } from '@/server/content/parse-document';
import { createMarkdown } from '@/server/content/render-markdown';
import { createDocument, drawFrame } from '../pdf/document';
import { type Run } from '../pdf/lines';
import { BODY, MARGINS, type PdfPage, QUIET } from '../pdf/page';
import { drawTable, tableHeight, type TableContent } from '../pdf/table';
import { drawHeading, drawParagraph, drawTitle, PARAGRAPH_GAP } from '../pdf/text';
import { toCell, toRuns, type RunContext } from './nda-runs';

export type NdaPdfTemplate = { readonly title: string; readonly version: string; readonly sha256: string; readonly source: string };

const NUMBER_WIDTH = 30;
const LIST_GAP = 3;
/** What takes the place of the table for signatures; its heading stays with it on one page. */
export type SignatureFields = { /** Points. */ readonly height: number; readonly draw: () => void };

/** A4, tagged (PDF/UA-1), with embedded fonts only. */
export function createNdaDocument({ title, version, sha256 }: NdaPdfTemplate): PDFKit.PDFDocument {
  return createDocument({ title: `${title}, version ${version}`, subject: `SHA-256 of the template: ${sha256}` });
}

export function drawNdaTitle(page: PdfPage, { title, version }: NdaPdfTemplate): void {
  drawTitle(page, title);
  page.y += 2;
  drawParagraph(page, [{ text: `Version ${version}`, font: 'regular' }], { size: BODY.size, leading: BODY.leading, color: QUIET });
  page.y += 6;
}

/**
 * The text of the template. Where `signatures` are given they are drawn in place of the table that has the fields for signatures, or
 * at the end where the template has none.
 */
export function drawBody(page: PdfPage, template: NdaPdfTemplate, context: RunContext, signatures?: SignatureFields): void {
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
    } else if (signatures && isSignatureTable(token)) {
      if (!drawn) signatures.draw();
      drawn = true;
    } else drawBlock(page, token, tokens[index + 1], context, signatures);
  });
  if (!drawn) signatures?.draw();
}

/** The table in which the parties sign on paper. */
function isSignatureTable(token: Token | undefined): boolean {
  return token?.type === 'table' && /\{\{(vendor|customer)Signature\}\}/.test(token.raw);
}

function drawBlock(page: PdfPage, token: Token, next: Token | undefined, context: RunContext, signatures: SignatureFields | undefined): void {
  if (token.type === 'heading') return drawHeadingToken(page, token as Tokens.Heading, next, context, signatures);
  if (token.type === 'table') return drawTable(page, toTable(token as Tokens.Table, context));
  if (token.type !== 'paragraph') throw new Error(`The NDA template has a block of type "${token.type}", which its PDF does not draw.`);
  const runs = toRuns(token.tokens ?? [], context);
  const number = /^\d+\.\d+(?=\s)/.exec(runs[0]?.text ?? '')?.[0];
  // A sentence that opens a list does not stay behind alone.
  if (/:\s*$/.test(token.raw)) page.need(4 * BODY.leading);
  if (number) drawNumbered(page, 'P', number, runs);
  else drawParagraph(page, runs);
}

function drawHeadingToken(page: PdfPage, token: Tokens.Heading, next: Token | undefined, context: RunContext, signatures: SignatureFields | undefined): void {
  const following = signatures && isSignatureTable(next) ? signatures.height : next?.type === 'table' ? tableHeight(page, toTable(next as Tokens.Table, context)) : 3 * BODY.leading;
  drawHeading(page, token.depth <= 2 ? 'H2' : 'H3', toRuns(token.tokens, context), following);
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

export function drawNdaFrame(document: PDFKit.PDFDocument, { title, version, sha256 }: NdaPdfTemplate): void {
  drawFrame(document, { title, note: `Version ${version}`, hashOf: 'the template', sha256 });
}
