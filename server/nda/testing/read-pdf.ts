import { inflateSync } from 'node:zlib';

/**
 * Just enough of a PDF reader to hold the portal's own documents to account, without a tool that a machine may lack.
 * It understands what pdfkit writes: uncompressed objects, Flate streams, Identity-H fonts with a ToUnicode map.
 */
export type ReadPdf = {
  /** The text of each page in drawing order, one line for each piece that was drawn. */
  readonly pages: readonly string[];
  /** Types of the structure elements in the file, such as `H1`, `P`, `TR`, with how often each occurs. */
  readonly structure: Readonly<Record<string, number>>;
  readonly raw: string;
};

type PdfObject = { readonly dictionary: string; readonly stream: Buffer | null };

function readObjects(bytes: Buffer): Map<string, PdfObject> {
  const text = bytes.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const match of text.matchAll(/(\d+) 0 obj\n/g)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('endobj', start);
    const streamAt = text.indexOf('stream\n', start);
    const hasStream = streamAt !== -1 && streamAt < end;
    const dictionary = text.slice(start, hasStream ? streamAt : end);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0);
    const data = hasStream ? bytes.subarray(streamAt + 7, streamAt + 7 + length) : null;
    objects.set(match[1] ?? '', { dictionary, stream: data && (dictionary.includes('FlateDecode') ? inflateSync(data) : data) });
  }
  return objects;
}

const fromHex = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** The ToUnicode map of a font: glyph number to text, from `bfrange` arrays. */
function readGlyphs(map: string): Map<number, string> {
  const glyphs = new Map<number, string>();
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f\s]*)>/gi)].forEach(([, hex = ''], index) => glyphs.set(parseInt(first, 16) + index, fromHex(hex.replace(/\s/g, ''))));
  }
  return glyphs;
}

function readFonts(objects: Map<string, PdfObject>): Map<string, Map<number, string>> {
  const fonts = new Map<string, Map<number, string>>();
  for (const { dictionary } of objects.values()) {
    for (const [, fontNames = ''] of dictionary.matchAll(/\/Font <<([^>]*)>>/g)) {
      for (const [, name = '', id = ''] of fontNames.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
        const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.dictionary ?? '')?.[1];
        const stream = map ? objects.get(map)?.stream : null;
        if (stream) fonts.set(name, readGlyphs(stream.toString('latin1')));
      }
    }
  }
  return fonts;
}

function readContent(content: string, fonts: Map<string, Map<number, string>>): string {
  let glyphs = new Map<number, string>();
  const pieces: string[] = [];
  for (const [, font, array] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font) glyphs = fonts.get(font) ?? new Map<number, string>();
    else {
      const codes = [...(array ?? '').matchAll(/<([0-9a-f]*)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
      pieces.push(codes.map((code) => glyphs.get(parseInt(code, 16)) ?? '\uFFFD').join(''));
    }
  }
  return pieces.join('\n');
}

/** Reads a PDF that pdfkit wrote. */
export function readPdf(bytes: Buffer): ReadPdf {
  const objects = readObjects(bytes);
  const fonts = readFonts(objects);
  const pages = [...objects.values()]
    .filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary))
    .map(({ dictionary }) => objects.get(/\/Contents (\d+) 0 R/.exec(dictionary)?.[1] ?? '')?.stream?.toString('latin1') ?? '')
    .map((content) => readContent(content, fonts));
  const structure: Record<string, number> = {};
  for (const { dictionary } of objects.values()) {
    const type = /\/S \/(Document|H\d|P|L|LI|Lbl|LBody|Table|TR|TH|TD)\b/.exec(dictionary)?.[1];
    if (type) structure[type] = (structure[type] ?? 0) + 1;
  }
  return { pages, structure, raw: bytes.toString('latin1') };
}
