import PDFDocument from 'pdfkit';
import { collect } from '../pdf/document';
import { ASCENT, type FontName, registerFonts, toDrawableRuns } from '../pdf/fonts';
import { breakLines, type Line } from '../pdf/lines';
import { INK, QUIET } from '../pdf/page';
import { PdfFile, type NewObject } from './pdf-file';
import { isDictionary, isRef, type PdfDictionary, type PdfValue, references, serialize } from './pdf-tokens';
import { type Stroke } from './signature-input';

/** Label and value, such as `Signed` and a time. */
export type Fact = { readonly label: string; readonly value: string };
export type Appearance =
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'drawn'; readonly paths: readonly Stroke[] }
  /** The seal has no hand: it states what the portal saw. */
  | { readonly kind: 'seal'; readonly title: string };

export type AppearanceInput = { readonly width: number; readonly height: number; readonly appearance: Appearance; readonly facts: readonly Fact[] };

const PADDING = 7;
const GAP = 3;
const LABEL_SHARE = 0.27;
const MAX_LABEL_WIDTH = 92;
/** Points. Boxes are made so large that nothing has to be smaller than `LEAST_SIZE` (leastHeight). */
const LEAST_SIZE = 7;
const SIZES = [9, 8.5, 8, 7.5, LEAST_SIZE] as const;
/** For what is longer than a box was made for: a vendor's name in wide letters, of 300 characters. */
const CLOSE_SIZES = [LEAST_SIZE, 6.5, 6, 5.5, 5] as const;
const LEADING = 1.3;
const HEAD_SHARE = 0.38;
const SEAL_HEAD = 16;
/** Room for a drawing where the facts need much of the box. */
const DRAWING_HEIGHT = 34;
const RULE_GAP = 5;

type Ink = { readonly document: PDFKit.PDFDocument };

function layOut({ document }: Ink, text: string, font: FontName, size: number, width: number): readonly Line[] {
  return breakLines(toDrawableRuns(document, [{ text, font }]), width, (piece, of) => document.font(of).fontSize(size).widthOfString(piece));
}

function drawLines({ document }: Ink, lines: readonly Line[], x: number, y: number, size: number, color: string): void {
  lines.forEach((line, index) => {
    let left = x;
    for (const { text, font } of line) {
      document.font(font).fontSize(size).fillColor(color).text(text, left, y + index * size * LEADING + ASCENT * size, { lineBreak: false, baseline: 'alphabetic' });
      left += document.widthOfString(text);
    }
  });
}

/** The largest of `sizes` at which the text is no higher than `height`; the smallest where none is. */
function fit(ink: Ink, text: string, font: FontName, sizes: readonly number[], width: number, height: number): { lines: readonly Line[]; size: number } {
  let best = { lines: layOut(ink, text, font, sizes.at(-1) ?? 1, width), size: sizes.at(-1) ?? 1 };
  for (const size of sizes) {
    const lines = layOut(ink, text, font, size, width);
    if (lines.length * size * LEADING > height) continue;
    best = { lines, size };
    break;
  }
  return best;
}

function drawTyped(ink: Ink, text: string, box: Box): void {
  const { lines, size } = fit(ink, text, 'italic', [22, 20, 18, 16, 14, 12, 10, 9, 8, 7, 6, 5, 4], box.width, box.height);
  drawLines(ink, lines, box.x, box.y + Math.max(0, box.height - lines.length * size * LEADING), size, INK);
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Strokes as curves through the middles of their points, scaled to the box without changing their shape. */
function drawStrokes({ document }: Ink, paths: readonly Stroke[], box: Box): void {
  const points = paths.flat();
  const left = Math.min(...points.map(({ x }) => x));
  const top = Math.min(...points.map(({ y }) => y));
  const width = Math.max(1, Math.max(...points.map(({ x }) => x)) - left);
  const height = Math.max(1, Math.max(...points.map(({ y }) => y)) - top);
  const scale = Math.min(box.width / width, box.height / height, 1);
  const toBox = ({ x, y }: { x: number; y: number }): readonly [number, number] => [box.x + (x - left) * scale, box.y + box.height - (top + height - y) * scale];
  document.lineCap('round').lineJoin('round').lineWidth(1.3).strokeColor(INK);
  for (const stroke of paths) {
    const [first, ...rest] = stroke.map(toBox);
    if (!first) continue;
    document.moveTo(...first);
    // A dot of a letter: a line of no length with round ends.
    if (rest.length === 0) document.lineTo(first[0] + 0.01, first[1]);
    rest.forEach((point, at) => {
      const next = rest[at + 1];
      if (next) document.quadraticCurveTo(point[0], point[1], (point[0] + next[0]) / 2, (point[1] + next[1]) / 2);
      else document.lineTo(...point);
    });
    document.stroke();
  }
}

type LaidFact = { readonly label: readonly Line[]; readonly value: readonly Line[] };

function labelWidthOf(width: number): number {
  return Math.min(width * LABEL_SHARE, MAX_LABEL_WIDTH);
}

function layOutFacts(ink: Ink, facts: readonly Fact[], size: number, width: number): readonly LaidFact[] {
  const labelWidth = labelWidthOf(width);
  return facts.map(({ label, value }) => ({ label: layOut(ink, label, 'regular', size, labelWidth), value: layOut(ink, value, 'regular', size, width - labelWidth - GAP) }));
}

const heightOf = ({ label, value }: LaidFact, size: number) => Math.max(label.length, value.length) * size * LEADING;
const heightOfFacts = (laid: readonly LaidFact[], size: number) => laid.reduce((sum, fact) => sum + heightOf(fact, size), 0);

/** Facts as two columns. */
function drawFacts(ink: Ink, laid: readonly LaidFact[], size: number, box: Box): void {
  let y = box.y;
  for (const fact of laid) {
    drawLines(ink, fact.label, box.x, y, size, QUIET);
    drawLines(ink, fact.value, box.x + labelWidthOf(box.width) + GAP, y, size, INK);
    y += heightOf(fact, size);
  }
}

/** How a box is parted: height of the hand at its top, and the facts below it with their size. */
type Plan = { readonly head: number; readonly size: number; readonly laid: readonly LaidFact[] };

/** The usual look: a hand of a fixed height. Null where the facts then do not fit. */
function planRoomy(ink: Ink, { appearance, facts }: AppearanceInput, { width, height }: Box): Plan | null {
  const head = appearance.kind === 'seal' ? SEAL_HEAD : height * HEAD_SHARE;
  for (const size of SIZES) {
    const laid = layOutFacts(ink, facts, size, width);
    if (heightOfFacts(laid, size) <= height - head - RULE_GAP) return { head, size, laid };
  }
  return null;
}

/** Hand and facts as close as they can stand in one size. A typed signature is the name, which then is not said twice. */
function planClose(ink: Ink, { appearance, facts }: Pick<AppearanceInput, 'appearance' | 'facts'>, size: number, width: number): Plan & { readonly height: number } {
  const isTyped = appearance.kind === 'typed';
  const head = appearance.kind === 'seal' ? SEAL_HEAD : isTyped ? layOut(ink, appearance.text, 'italic', size, width).length * size * LEADING + 5 : DRAWING_HEIGHT;
  const laid = layOutFacts(ink, isTyped ? facts.filter(({ label, value }) => label !== 'Name' || value !== appearance.text) : facts, size, width);
  return { head, size, laid, height: head + RULE_GAP + heightOfFacts(laid, size) };
}

/** Points that a box of this width needs so that all of it is legible. */
export function leastHeight({ width, appearance, facts }: Omit<AppearanceInput, 'height'>): number {
  const document = new PDFDocument({ autoFirstPage: false, font: '' });
  registerFonts(document);
  return Math.ceil(planClose({ document }, { appearance, facts }, LEAST_SIZE, width - 2 * PADDING).height + 2 * PADDING + 1);
}

function plan(ink: Ink, input: AppearanceInput, inner: Box): Plan {
  const roomy = planRoomy(ink, input, inner);
  if (roomy) return roomy;
  let close = planClose(ink, input, LEAST_SIZE, inner.width);
  for (const size of CLOSE_SIZES) {
    if (close.height <= inner.height) break;
    close = planClose(ink, input, size, inner.width);
  }
  // What the facts leave is the hand's.
  const left = inner.height - RULE_GAP - heightOfFacts(close.laid, close.size);
  return input.appearance.kind === 'seal' ? close : { ...close, head: Math.max(close.head, Math.min(left, inner.height * HEAD_SHARE)) };
}

function drawAll(ink: Ink, input: AppearanceInput): void {
  const { width, height, appearance } = input;
  const inner = { x: PADDING, y: PADDING, width: width - 2 * PADDING, height: height - 2 * PADDING };
  const { head, size, laid } = plan(ink, input, inner);
  const hand = { ...inner, height: head - 4 };
  if (appearance.kind === 'typed') drawTyped(ink, appearance.text, hand);
  else if (appearance.kind === 'drawn') drawStrokes(ink, appearance.paths, hand);
  else drawLines(ink, layOut(ink, appearance.title, 'semibold', 9.5, inner.width), inner.x, inner.y, 9.5, INK);
  ink.document.moveTo(inner.x, inner.y + head).lineTo(inner.x + inner.width, inner.y + head).lineWidth(0.5).strokeColor('#9aa3ad').stroke();
  drawFacts(ink, laid, size, { ...inner, y: inner.y + head + RULE_GAP, height: inner.height - head - RULE_GAP });
}

/** Draws what a signature field shows, as a PDF of one page that is as large as the field. */
async function drawAppearance(input: AppearanceInput): Promise<Uint8Array> {
  const document = new PDFDocument({ size: [input.width, input.height], margin: 0, font: '', pdfVersion: '1.7' });
  registerFonts(document);
  const bytes = collect(document);
  drawAll({ document }, input);
  document.end();
  return new Uint8Array(await bytes);
}

function renumber(value: PdfValue, numbers: ReadonlyMap<number, number>): PdfValue {
  if (isRef(value)) return { ref: numbers.get(value.ref) ?? 0, generation: 0 };
  if (isDictionary(value)) return { dictionary: new Map([...value.dictionary].map(([key, entry]) => [key, renumber(entry, numbers)])) };
  if (Array.isArray(value)) return (value as readonly PdfValue[]).map((entry) => renumber(entry, numbers));
  return value;
}

function streamOf(file: PdfFile, number: number): Uint8Array | undefined {
  const offset = file.offsetOf(number) ?? 0;
  const dictionary = file.get(number);
  if (!isDictionary(dictionary)) return undefined;
  const length = dictionary.dictionary.get('Length');
  const start = file.text.indexOf('stream\n', offset);
  const end = file.text.indexOf('endobj', offset);
  if (typeof length !== 'number' || start === -1 || start > end) return undefined;
  return file.bytes.subarray(start + 7, start + 7 + length);
}

/**
 * The appearance as objects to append, numbered from `first`: the form XObject is the first of them, its fonts (subsets) follow.
 */
export async function makeAppearance(input: AppearanceInput, first: number): Promise<readonly NewObject[]> {
  const file = new PdfFile(await drawAppearance(input));
  const pages = file.dictionary(file.catalog.dictionary.dictionary.get('Pages')).dictionary.get('Kids');
  const page = file.dictionary(Array.isArray(pages) ? (pages as readonly PdfValue[])[0] : undefined);
  const resources = file.dictionary(page.dictionary.get('Resources'));
  const contents = page.dictionary.get('Contents');
  const content = isRef(contents) ? streamOf(file, contents.ref) : undefined;
  if (!isRef(contents) || !content) throw new Error('The appearance has no content.');
  const numbers = numberReachable(file, resources, first + 1);
  const form = new Map<string, PdfValue>([
    ['Type', { name: 'XObject' }],
    ['Subtype', { name: 'Form' }],
    ['BBox', [0, 0, input.width, input.height]],
    ['Resources', renumber(resources, numbers)],
    ['Length', content.length],
    ...(file.dictionary(contents).dictionary.has('Filter') ? ([['Filter', { name: 'FlateDecode' }]] as const) : []),
  ]);
  const rest = [...numbers].map(([number, next]): NewObject => {
    const stream = streamOf(file, number);
    return { number: next, body: serialize(renumber(file.get(number), numbers)), ...(stream ? { stream } : {}) };
  });
  return [{ number: first, body: serialize({ dictionary: form }), stream: content }, ...rest];
}

function numberReachable(file: PdfFile, from: PdfDictionary, first: number): Map<number, number> {
  const numbers = new Map<number, number>();
  const waiting = [...references(from)];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (numbers.has(number)) continue;
    numbers.set(number, first + numbers.size);
    waiting.push(...references(file.get(number)));
  }
  return numbers;
}
