import { type Line, type Run } from './lines';
import { BODY, MARGINS, type PdfPage } from './page';

/** A cell is text, or a field that is left open. */
export type Cell = { readonly runs: readonly Run[]; readonly blankLabel?: string };
export type TableContent = { readonly header: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] };

const GAP = 14;
const PADDING = 6;
/** Room to write by hand. */
const BLANK_HEIGHT = 31;
const SIGNATURE_HEIGHT = 42;

type Column = { readonly x: number; readonly width: number };
type Row = { readonly cells: readonly { readonly lines: readonly Line[]; readonly blankLabel: string | undefined }[]; readonly height: number };

/** The first column holds the labels and is narrower. */
function layOutColumns(page: PdfPage, count: number): Column[] {
  const labels = count === 2 ? page.width * 0.34 : page.width * 0.14;
  const others = (page.width - labels - GAP * (count - 1)) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) => (index === 0 ? { x: MARGINS.left, width: labels } : { x: MARGINS.left + labels + GAP + (index - 1) * (others + GAP), width: others }));
}

function layOutRow(page: PdfPage, cells: readonly Cell[], columns: readonly Column[]): Row {
  const laidOut = cells.map(({ runs, blankLabel }, index) => ({ lines: page.lines(runs, columns[index]?.width ?? page.width, BODY), blankLabel }));
  const text = Math.max(1, ...laidOut.map(({ lines }) => lines.length)) * BODY.leading;
  const blanks = laidOut.filter(({ blankLabel }) => blankLabel !== undefined);
  const least = blanks.some(({ blankLabel }) => blankLabel?.startsWith('Signature')) ? SIGNATURE_HEIGHT : blanks.length > 0 ? BLANK_HEIGHT : 0;
  return { cells: laidOut, height: Math.max(text + 2 * PADDING, least) };
}

/** Height of the whole table, points, so that it can be kept on one page. */
export function tableHeight(page: PdfPage, { header, rows }: TableContent): number {
  const columns = layOutColumns(page, header.length);
  return [header, ...rows].reduce((sum, cells) => sum + layOutRow(page, cells, columns).height, 0) + BODY.leading;
}

/** The scope of a header cell is missing in pdfkit's types. */
function headerOptions(scope: 'Column' | 'Row'): PDFKit.Mixins.StructureElementOptions {
  const options: PDFKit.Mixins.StructureElementOptions & { scope: string } = { scope };
  return options;
}

function drawRow(page: PdfPage, table: PDFKit.PDFStructureElement, row: Row, columns: readonly Column[], isHeader: boolean): void {
  page.need(row.height);
  const { document, y: top } = page;
  const cells = row.cells.map(({ lines, blankLabel }, index) => {
    const isLabel = isHeader || index === 0;
    const empty = lines.length === 0;
    const options = blankLabel !== undefined ? { alt: `${blankLabel}: to be filled in` } : isLabel && !empty ? headerOptions(isHeader ? 'Column' : 'Row') : {};
    const draw = () => page.drawLines(lines, columns[index]?.x ?? MARGINS.left, top + PADDING, BODY);
    return document.struct(isLabel && !empty ? 'TH' : 'TD', options, [draw]);
  });
  table.add(document.struct('TR', {}, cells));
  page.y = top + row.height;
  row.cells.forEach(({ blankLabel }, index) => {
    const column = columns[index];
    if (!column) return;
    const ruled = blankLabel !== undefined;
    page.rule(column.x, page.y, column.width, ruled || isHeader ? undefined : '#dfe3e7');
  });
}

/** Draws a table row by row; a row is never cut. Open fields are ruled lines named by their row, and by `Alt` for a screen reader. */
export function drawTable(page: PdfPage, content: TableContent): void {
  const columns = layOutColumns(page, content.header.length);
  const table = page.document.struct('Table');
  page.root.add(table);
  drawRow(page, table, layOutRow(page, content.header, columns), columns, true);
  for (const cells of content.rows) drawRow(page, table, layOutRow(page, cells, columns), columns, false);
  table.end();
  page.y += BODY.leading;
}
