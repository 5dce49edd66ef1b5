import { type FontName } from './fonts';

/** Text in one font. A blank field in running text is a run of its own. */
export type Run = { readonly text: string; readonly font: FontName };
export type Line = readonly Run[];
/** Width of a text in points. */
export type Measure = (text: string, font: FontName) => number;

/** A word with the space that follows it; words of different fonts without a space between them stay together. */
type Piece = Run & { readonly glued: boolean };

function toPieces(runs: readonly Run[]): Piece[] {
  const pieces: Piece[] = [];
  let spaceBefore = true;
  for (const { text, font } of runs) {
    for (const [word] of text.matchAll(/\S+\s*|\s+/g)) {
      pieces.push({ text: word.replace(/\s+$/, ' '), font, glued: !spaceBefore });
      spaceBefore = /\s$/.test(word);
    }
  }
  return pieces;
}

/** Cuts a word that is wider than the line into parts that fit. */
function cutToWidth(piece: Piece, width: number, measure: Measure): Piece[] {
  if (measure(piece.text.trimEnd(), piece.font) <= width) return [piece];
  const parts: Piece[] = [];
  let current = '';
  for (const character of piece.text) {
    if (current !== '' && measure(current + character, piece.font) > width) {
      parts.push({ text: current, font: piece.font, glued: false });
      current = '';
    }
    current += character;
  }
  return current === '' ? parts : [...parts, { text: current, font: piece.font, glued: false }];
}

/** Joins neighbours of one font, so that a line is drawn, selected and read aloud as text and not as single words. The space at its end parts it from the next line for who copies or listens. */
function joinRuns(pieces: readonly Piece[]): Line {
  const line: Run[] = [];
  for (const { text, font } of pieces) {
    const last = line.at(-1);
    if (last && last.font === font) line[line.length - 1] = { text: last.text + text, font };
    else line.push({ text, font });
  }
  return line;
}

/** Breaks runs into lines no wider than `width` points: greedy, ragged right, breaking at spaces. */
export function breakLines(runs: readonly Run[], width: number, measure: Measure): Line[] {
  const pieces = toPieces(runs).flatMap((piece) => cutToWidth(piece, width, measure));
  const lines: Line[] = [];
  let line: Piece[] = [];
  let used = 0;
  for (let start = 0; start < pieces.length; ) {
    let end = start + 1;
    while (pieces[end]?.glued) end += 1;
    const unit = pieces.slice(start, end);
    const trimmed = unit.reduce((sum, { text, font }, index) => sum + measure(index === unit.length - 1 ? text.trimEnd() : text, font), 0);
    if (line.length > 0 && used + trimmed > width) {
      lines.push(joinRuns(line));
      line = [];
      used = 0;
    }
    line.push(...unit);
    used += unit.reduce((sum, { text, font }) => sum + measure(text, font), 0);
    start = end;
  }
  return line.length > 0 ? [...lines, joinRuns(line)] : lines;
}
