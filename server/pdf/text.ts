import { type Run } from './lines';
import { BODY, MARGINS, type PdfPage, type TextStyle } from './page';

const TITLE = { size: 17, leading: 23 } as const;
const HEADING = { size: 11.5, leading: 16 } as const;
export const PARAGRAPH_GAP = 6;

export function drawTitle(page: PdfPage, text: string): void {
  const heading = page.document.struct('H1');
  page.root.add(heading);
  page.flow(heading, page.lines([{ text, font: 'semibold' }], page.width, TITLE), MARGINS.left, TITLE);
  heading.end();
}

/** A heading that stays with `following` points of what comes after it. */
export function drawHeading(page: PdfPage, type: 'H2' | 'H3', given: readonly Run[], following: number): void {
  page.y += 8;
  page.need(HEADING.leading + 4 + following);
  const heading = page.document.struct(type);
  page.root.add(heading);
  const runs = given.map(({ text }): Run => ({ text, font: 'semibold' }));
  page.flow(heading, page.lines(runs, page.width, HEADING), MARGINS.left, HEADING);
  heading.end();
  page.y += 4;
}

export function drawParagraph(page: PdfPage, runs: readonly Run[], style: TextStyle = BODY): void {
  const paragraph = page.document.struct('P');
  page.root.add(paragraph);
  page.flow(paragraph, page.lines(runs, page.width, style), MARGINS.left, style);
  paragraph.end();
  page.y += PARAGRAPH_GAP;
}
