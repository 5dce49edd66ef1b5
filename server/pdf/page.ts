import { ASCENT, type FontName, toDrawableRuns } from './fonts';
import { breakLines, type Line, type Run } from './lines';

/** Points. A4 is 595.28 x 841.89. */
export const MARGINS = { top: 84, bottom: 84, left: 72, right: 72 } as const;
export const INK = '#14181d';
export const QUIET = '#5b6570';
const RULE = '#9aa3ad';
export const BODY = { size: 9.75, leading: 14.25 } as const;

export type TextStyle = { readonly size: number; readonly leading: number; readonly color?: string };

/** The page as a column of lines with a cursor, on a tagged pdfkit document. Every mark is either in the structure tree or an artifact. */
export class PdfPage {
  /** Top of what comes next, points from the top of the page. */
  y: number = MARGINS.top;
  private readonly widths = new Map<string, number>();

  constructor(
    readonly document: PDFKit.PDFDocument,
    readonly root: PDFKit.PDFStructureElement,
  ) {}

  get width(): number {
    return this.document.page.width - MARGINS.left - MARGINS.right;
  }

  get bottom(): number {
    return this.document.page.height - MARGINS.bottom;
  }

  /** Goes to a new page unless `height` points are left on this one. Never inside marked content. */
  need(height: number): void {
    if (this.y + height <= this.bottom || this.y === MARGINS.top) return;
    this.document.addPage();
    this.y = MARGINS.top;
  }

  /** Breaks runs into lines. Throws where no font has a character: values were checked before, so it stands in the template. */
  lines(runs: readonly Run[], width: number, style: TextStyle): Line[] {
    return breakLines(toDrawableRuns(this.document, runs), width, (text, font) => this.measure(text, font, style.size));
  }

  /** Shaping a word is what takes the time, and a contract repeats its words. */
  private measure(text: string, font: FontName, size: number): number {
    const key = `${font} ${size} ${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    const width = this.document.font(font).fontSize(size).widthOfString(text);
    this.widths.set(key, width);
    return width;
  }

  /** Draws lines at `x` from `top` down; the cursor does not move. */
  drawLines(lines: readonly Line[], x: number, top: number, style: TextStyle): void {
    lines.forEach((line, index) => {
      let left = x;
      for (const { text, font } of line) {
        this.document.font(font).fontSize(style.size).fillColor(style.color ?? INK);
        this.document.text(text, left, top + index * style.leading + ASCENT * style.size, { lineBreak: false, baseline: 'alphabetic' });
        left += this.document.widthOfString(text);
      }
    });
  }

  /**
   * Puts lines at the cursor into `element`, over as many pages as they take, without leaving a single line of a
   * paragraph behind or ahead. `before` draws on the first page, such as the number of a clause.
   */
  flow(element: PDFKit.PDFStructureElement, lines: readonly Line[], x: number, style: TextStyle, before?: (top: number) => void): void {
    let rest = lines;
    let first = true;
    while (rest.length > 0) {
      // Two lines at least on either side; three lines cannot be parted so.
      this.need((rest.length === 3 ? 3 : Math.min(rest.length, 2)) * style.leading);
      const room = Math.max(1, Math.floor((this.bottom - this.y) / style.leading));
      let take = Math.min(room, rest.length);
      if (rest.length - take === 1 && take > 2) take -= 1;
      const chunk = rest.slice(0, take);
      const isFirst = first;
      element.add(() => {
        if (isFirst) before?.(this.y);
        this.drawLines(chunk, x, this.y, style);
      });
      this.y += chunk.length * style.leading;
      rest = rest.slice(take);
      first = false;
      if (rest.length > 0) this.need(this.bottom);
    }
  }

  /** A horizontal hairline, not read aloud. */
  rule(x: number, y: number, width: number, color: string = RULE): void {
    this.document.markContent('Artifact', { type: 'Layout' });
    this.document.moveTo(x, y).lineTo(x + width, y).lineWidth(0.5).strokeColor(color).stroke();
    this.document.endMarkedContent();
  }
}
