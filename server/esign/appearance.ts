import PDFDocument from 'pdfkit';
import { ASCENT, type FontName, registerFonts, toDrawableRuns } from '../nda/pdf-fonts';
import { breakLines, type Line } from '../nda/pdf-lines';
import { INK, QUIET } from '../nda/pdf-page';
import { collect } from '../nda/nda-document';
import { PdfFile, type NewObject } from './pdf-file';
import { isDictionary, isRef, type PdfDictionary, type PdfValue, serialize } from './pdf-tokens';
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
const SIZES = [9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5, 4.5, 4, 3.5, 3, 2.5] as const;

type Ink = { readonly document: PDFKit.PDFDocument };

function layOut({ document }: Ink, text: string, font: FontName, size: number, width: number): readonly Line[] {
  return breakLines(toDrawableRuns(document, [{ text, font }]), width, (piece, of) => document.font(of).fontSize(size).widthOfString(piece));
}

function drawLines({ document }: Ink, lines: readonly Line[], x: number, y: number, size: number, color: string): void {
  lines.forEach((line, index) => {
    let left = x;
    for (const { text, font } of line) {
      document.font(font).fontSize(size).fillColor(color).text(text, left, y + index * size * 1.3 + ASCENT * size, { lineBreak: false, baseline: 'alphabetic' });
      left += document.widthOfString(text);
    }
  });
}

/** The largest of `sizes` at which the text is no higher than `height`; the smallest where none is. */
function fit(ink: Ink, text: string, font: FontName, sizes: readonly number[], width: number, height: number): { lines: readonly Line[]; size: number } {
  let best = { lines: layOut(ink, text, font, sizes.at(-1) ?? 1, width), size: sizes.at(-1) ?? 1 };
  for (const size of sizes) {
    const lines = layOut(ink, text, font, size, width);
    if (lines.length * size * 1.3 > height) continue;
    best = { lines, size };
    break;
  }
  return best;
}

function drawTyped(ink: Ink, text: string, box: Box): void {
  const { lines, size } = fit(ink, text, 'italic', [22, 20, 18, 16, 14, 12, 10, 9, 8, 7, 6, 5, 4], box.width, box.height);
  drawLines(ink, lines, box.x, box.y + Math.max(0, box.height - lines.length * size * 1.3), size, INK);
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

/** Facts as two columns, in the largest size in which all of them fit. */
function drawFacts(ink: Ink, facts: readonly Fact[], box: Box): void {
  const labelWidth = Math.min(box.width * LABEL_SHARE, MAX_LABEL_WIDTH);
  const valueWidth = box.width - labelWidth - GAP;
  const layAll = (size: number): LaidFact[] => facts.map(({ label, value }) => ({ label: layOut(ink, label, 'regular', size, labelWidth), value: layOut(ink, value, 'regular', size, valueWidth) }));
  const heightOf = ({ label, value }: LaidFact, size: number) => Math.max(label.length, value.length) * size * 1.3;
  const size = SIZES.find((candidate) => layAll(candidate).reduce((sum, fact) => sum + heightOf(fact, candidate), 0) <= box.height) ?? SIZES[SIZES.length - 1] ?? 3;
  let y = box.y;
  for (const fact of layAll(size)) {
    drawLines(ink, fact.label, box.x, y, size, QUIET);
    drawLines(ink, fact.value, box.x + labelWidth + GAP, y, size, INK);
    y += heightOf(fact, size);
  }
}

function drawAll(ink: Ink, { width, height, appearance, facts }: AppearanceInput): void {
  const inner = { x: PADDING, y: PADDING, width: width - 2 * PADDING, height: height - 2 * PADDING };
  const head = appearance.kind === 'seal' ? 16 : inner.height * 0.38;
  const hand = { ...inner, height: head - 4 };
  if (appearance.kind === 'typed') drawTyped(ink, appearance.text, hand);
  else if (appearance.kind === 'drawn') drawStrokes(ink, appearance.paths, hand);
  else drawLines(ink, layOut(ink, appearance.title, 'semibold', 9.5, inner.width), inner.x, inner.y, 9.5, INK);
  ink.document.moveTo(inner.x, inner.y + head).lineTo(inner.x + inner.width, inner.y + head).lineWidth(0.5).strokeColor('#9aa3ad').stroke();
  drawFacts(ink, facts, { ...inner, y: inner.y + head + 5, height: inner.height - head - 5 });
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

/** Numbers of all references in a value. */
function* references(value: PdfValue): Generator<number> {
  if (isRef(value)) yield value.ref;
  else if (isDictionary(value)) for (const entry of value.dictionary.values()) yield* references(entry);
  else if (Array.isArray(value)) for (const entry of value as readonly PdfValue[]) yield* references(entry);
}

function renumber(value: PdfValue, numbers: ReadonlyMap<number, number>): PdfValue {
  if (isRef(value)) return { ref: numbers.get(value.ref) ?? 0, generation: 0 };
  if (isDictionary(value)) return { dictionary: new Map([...value.dictionary].map(([key, entry]) => [key, renumber(entry, numbers)])) };
  if (Array.isArray(value)) return (value as readonly PdfValue[]).map((entry) => renumber(entry, numbers));
  return value;
}

function streamOf(file: PdfFile, number: number): Uint8Array | undefined {
  const offset = file.sections[0]?.entries.get(number) ?? 0;
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
