import { isDictionary, isName, isRef, type PdfDictionary, PdfReader, PdfSyntaxError, type PdfValue, serialize } from './pdf-tokens';

const MAX_REVISIONS = 64;
const MAX_OBJECTS = 200_000;

/** Characters of one object (a stream's contents are not read), and of all objects of a file: those that lie within each other are read again and again. */
const MAX_OBJECT = 1_048_576;
const MAX_READ = 2 * MAX_OBJECT;

/** Where one cross-reference section says that objects begin, and which it says are there no more. */
export type XrefSection = { readonly at: number; readonly entries: ReadonlyMap<number, number>; readonly freed: ReadonlySet<number>; readonly trailer: PdfDictionary; readonly previous: number | null };

/**
 * A PDF with plain objects and cross-reference tables (ISO 32000-1, 7.5.4), as pdfkit writes them and the portal appends to them. A
 * file of another kind is refused with PdfSyntaxError: those who sign only sign files that the portal drew.
 */
export class PdfFile {
  readonly text: string;
  /** The newest first. */
  readonly sections: readonly XrefSection[];
  private readonly objects = new Map<number, PdfValue>();
  private read = 0;

  constructor(readonly bytes: Uint8Array) {
    this.text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const start = /startxref[\r\n ]+(\d{1,10})[\r\n ]+%%EOF[\r\n ]*$/.exec(this.text.slice(-64));
    if (!start) throw new PdfSyntaxError('The file does not end as a PDF does.');
    this.sections = readSections(this.text, Number(start[1]));
  }

  get trailer(): PdfDictionary {
    const [newest] = this.sections;
    if (!newest) throw new PdfSyntaxError('The file has no trailer.');
    return newest.trailer;
  }

  get startXref(): number {
    return this.sections[0]?.at ?? 0;
  }

  /** One more than the highest object number. */
  get size(): number {
    const size = this.trailer.dictionary.get('Size');
    if (typeof size !== 'number' || size > MAX_OBJECTS) throw new PdfSyntaxError('The trailer has no size.');
    return size;
  }

  /** Where the object with this number begins, in the newest revision that has it or says that it is gone. */
  offsetOf(number: number): number | undefined {
    return this.sections.find(({ entries, freed }) => entries.has(number) || freed.has(number))?.entries.get(number);
  }

  /** The object with this number, streams as their dictionary; null where there is none. Each is read once. */
  get(number: number): PdfValue {
    const known = this.objects.get(number);
    if (known !== undefined) return known;
    const value = this.readObject(number);
    this.objects.set(number, value);
    return value;
  }

  private readObject(number: number): PdfValue {
    const offset = this.offsetOf(number);
    if (offset === undefined) return null;
    if (this.read > MAX_READ) throw new PdfSyntaxError('The objects of the file are too large to be read.');
    const reader = new PdfReader(this.text.slice(offset, offset + MAX_OBJECT));
    try {
      if (reader.readValue() !== number || reader.readValue() !== 0 || !reader.take('obj')) throw new PdfSyntaxError(`Object ${number} is not where it should be.`);
      return reader.readValue();
    } finally {
      this.read += reader.at;
    }
  }

  resolve(value: PdfValue | undefined): PdfValue {
    return isRef(value) ? this.get(value.ref) : (value ?? null);
  }

  dictionary(value: PdfValue | undefined): PdfDictionary {
    const resolved = this.resolve(value);
    if (!isDictionary(resolved)) throw new PdfSyntaxError('A dictionary is missing.');
    return resolved;
  }

  /** The catalog and its number. */
  get catalog(): { readonly number: number; readonly dictionary: PdfDictionary } {
    const root = this.trailer.dictionary.get('Root');
    if (!isRef(root)) throw new PdfSyntaxError('The file has no catalog.');
    return { number: root.ref, dictionary: this.dictionary(root) };
  }

  /** The form fields at the top level, by object number. */
  fields(): Map<number, PdfDictionary> {
    const form = this.catalog.dictionary.dictionary.get('AcroForm');
    const fields = form === undefined ? [] : this.resolve(this.dictionary(form).dictionary.get('Fields'));
    if (!Array.isArray(fields)) return new Map();
    return new Map(fields.filter(isRef).map((ref) => [ref.ref, this.dictionary(ref)]));
  }
}

function readSections(text: string, newest: number): XrefSection[] {
  const sections: XrefSection[] = [];
  for (let at: number | null = newest; at !== null; ) {
    if (sections.length >= MAX_REVISIONS || sections.some((section) => section.at <= (at ?? 0))) throw new PdfSyntaxError('The cross-reference tables run in a circle.');
    const section = readSection(text, at);
    sections.push(section);
    at = section.previous;
  }
  return sections;
}

function readSection(text: string, at: number): XrefSection {
  const reader = new PdfReader(text, at);
  if (!reader.take('xref')) throw new PdfSyntaxError('There is no cross-reference table where the file says.');
  const entries = new Map<number, number>();
  const freed = new Set<number>();
  while (!reader.take('trailer')) {
    const first = reader.readValue();
    const count = reader.readValue();
    if (typeof first !== 'number' || typeof count !== 'number' || count < 0 || first < 0 || entries.size + freed.size + count > MAX_OBJECTS) throw new PdfSyntaxError('The cross-reference table cannot be read.');
    for (let index = 0; index < count; index += 1) readEntry(reader, first + index, { entries, freed });
  }
  const trailer = reader.readValue();
  if (!isDictionary(trailer) || trailer.dictionary.has('Encrypt') || trailer.dictionary.has('XRefStm')) throw new PdfSyntaxError('The trailer cannot be read.');
  const previous = trailer.dictionary.get('Prev');
  return { at, entries, freed, trailer, previous: typeof previous === 'number' ? previous : null };
}

function readEntry(reader: PdfReader, number: number, { entries, freed }: { readonly entries: Map<number, number>; readonly freed: Set<number> }): void {
  reader.skipSpace();
  const entry = /^(\d{10}) (\d{5}) ([nf])/.exec(reader.text.slice(reader.at, reader.at + 18));
  if (!entry) throw new PdfSyntaxError('The cross-reference table cannot be read.');
  reader.at += 18;
  if (entry[3] === 'n') entries.set(number, Number(entry[1]));
  else freed.add(number);
}

/** The name of a form field's type, such as `Sig`. */
export function fieldType(field: PdfDictionary): string {
  const type = field.dictionary.get('FT');
  return isName(type) ? type.name : '';
}

/** An object to append: the text between `obj` and `endobj`, or a dictionary's text with a stream behind it. */
export type NewObject = { readonly number: number; readonly body: string; readonly stream?: Uint8Array };

/**
 * Appends a revision (ISO 32000-1, 7.5.6): what stands is not touched. Gives the new file and where the body of each object begins.
 */
export function appendRevision(file: PdfFile, objects: readonly NewObject[]): { readonly bytes: Buffer; readonly bodies: ReadonlyMap<number, number> } {
  const parts: Buffer[] = [Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength)];
  let length = file.bytes.byteLength;
  const add = (part: string | Uint8Array) => {
    const buffer = typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part);
    parts.push(buffer);
    length += buffer.length;
  };
  if (!/[\r\n]$/.test(file.text)) add('\n');
  const bodies = new Map<number, number>();
  const offsets = new Map<number, number>();
  for (const { number, body, stream } of objects) {
    offsets.set(number, length);
    add(`${number} 0 obj\n`);
    bodies.set(number, length);
    add(body);
    if (stream) {
      add('\nstream\n');
      add(stream);
      add('\nendstream');
    }
    add('\nendobj\n');
  }
  const start = length;
  add(xrefTable(offsets));
  const { dictionary } = file.trailer;
  const size = Math.max(file.size, ...[...offsets.keys()].map((number) => number + 1));
  const kept = (['Root', 'Info', 'ID'] as const).flatMap((key): [string, PdfValue][] => (dictionary.has(key) ? [[key, dictionary.get(key) ?? null]] : []));
  add(`trailer\n${serializeTrailer([['Size', size], ...kept, ['Prev', file.startXref]])}\nstartxref\n${start}\n%%EOF\n`);
  return { bytes: Buffer.concat(parts), bodies };
}

function xrefTable(offsets: ReadonlyMap<number, number>): string {
  const numbers = [...offsets.keys()].sort((a, b) => a - b);
  const lines: string[] = ['xref'];
  for (let at = 0; at < numbers.length; ) {
    let end = at + 1;
    while (end < numbers.length && numbers[end] === (numbers[end - 1] ?? 0) + 1) end += 1;
    lines.push(`${numbers[at]} ${end - at}`);
    // Twenty bytes an entry, the end of its line among them.
    for (const number of numbers.slice(at, end)) lines.push(`${String(offsets.get(number)).padStart(10, '0')} 00000 n `);
    at = end;
  }
  return `${lines.join('\n')}\n`;
}

function serializeTrailer(entries: readonly (readonly [string, PdfValue])[]): string {
  return serialize({ dictionary: new Map(entries) });
}
