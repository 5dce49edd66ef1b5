/**
 * A reader for the objects of a PDF (ISO 32000-1, 7.3) that stays within limits on input that somebody made to hurt it: no recursion
 * beyond a stated depth, no decompression, every step moves forward.
 */
export type PdfName = { readonly name: string };
export type PdfRef = { readonly ref: number; readonly generation: number };
/** Strings as bytes in a latin1 string, `hex` where they were written so. */
export type PdfString = { readonly string: string; readonly hex: boolean };
export type PdfDictionary = { readonly dictionary: ReadonlyMap<string, PdfValue> };
export type PdfValue = null | boolean | number | PdfName | PdfRef | PdfString | PdfDictionary | readonly PdfValue[];

const MAX_DEPTH = 32;
const WHITE = /[\0\t\n\f\r ]/;
const DELIMITER = /[()<>[\]{}/%\0\t\n\f\r ]/;

/** Thrown for what is no PDF object; callers on hostile input take it for "cannot be read". */
export class PdfSyntaxError extends Error {}

export class PdfReader {
  /** `text` is the file as latin1: one character a byte. */
  constructor(
    readonly text: string,
    public at = 0,
  ) {}

  private fail(): never {
    throw new PdfSyntaxError(`No PDF object at byte ${this.at}.`);
  }

  skipSpace(): void {
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) return;
      if (character === '%') while (this.at < this.text.length && this.text[this.at] !== '\n' && this.text[this.at] !== '\r') this.at += 1;
      else if (WHITE.test(character)) this.at += 1;
      else return;
    }
  }

  /** A run of regular characters, such as a number, `obj` or `R`. */
  private word(): string {
    const start = this.at;
    while (this.at < this.text.length && !DELIMITER.test(this.text[this.at] ?? ' ')) this.at += 1;
    return this.text.slice(start, this.at);
  }

  /** Goes past `word` if it comes next. */
  take(word: string): boolean {
    this.skipSpace();
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  readValue(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) this.fail();
    this.skipSpace();
    const character = this.text[this.at];
    if (character === '/') return this.readName();
    if (character === '(') return this.readLiteral();
    if (character === '[') return this.readArray(depth);
    if (character === '<') return this.text[this.at + 1] === '<' ? this.readDictionary(depth) : this.readHex();
    return this.readWord();
  }

  private readName(): PdfName {
    this.at += 1;
    return { name: this.word().replace(/#([0-9a-fA-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))) };
  }

  private readWord(): PdfValue {
    const word = this.word();
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) this.fail();
    if (/^\d{1,10}$/.test(word)) {
      const reference = /^[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![^()<>[\]{}/%\0\t\n\f\r ])/.exec(this.text.slice(this.at, this.at + 40));
      if (reference) {
        this.at += reference[0].length;
        return { ref: Number(word), generation: Number(reference[1]) };
      }
    }
    return Number(word);
  }

  private readArray(depth: number): PdfValue[] {
    this.at += 1;
    const values: PdfValue[] = [];
    while (!this.take(']')) values.push(this.readValue(depth + 1));
    return values;
  }

  private readDictionary(depth: number): PdfDictionary {
    this.at += 2;
    const dictionary = new Map<string, PdfValue>();
    while (!this.take('>>')) {
      const key = this.readValue(depth + 1);
      if (!isName(key)) this.fail();
      dictionary.set(key.name, this.readValue(depth + 1));
    }
    return { dictionary };
  }

  private readHex(): PdfString {
    const end = this.text.indexOf('>', this.at);
    if (end === -1) this.fail();
    const digits = this.text.slice(this.at + 1, end).replace(/[\0\t\n\f\r ]/g, '');
    if (/[^0-9a-fA-F]/.test(digits)) this.fail();
    this.at = end + 1;
    return { string: Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex').toString('latin1'), hex: true };
  }

  private readLiteral(): PdfString {
    this.at += 1;
    const parts: string[] = [];
    for (let open = 1; ; ) {
      const character = this.text[this.at];
      if (character === undefined) this.fail();
      this.at += 1;
      if (character === '\\') {
        parts.push(this.readEscape());
        continue;
      }
      if (character === '(') open += 1;
      if (character === ')') open -= 1;
      if (open === 0) return { string: parts.join(''), hex: false };
      parts.push(character);
    }
  }

  private readEscape(): string {
    const octal = /^[0-7]{1,3}/.exec(this.text.slice(this.at, this.at + 3))?.[0];
    if (octal) {
      this.at += octal.length;
      return String.fromCharCode(parseInt(octal, 8) & 0xff);
    }
    const character = this.text[this.at] ?? this.fail();
    this.at += 1;
    if (character === '\r' && this.text[this.at] === '\n') this.at += 1;
    if (character === '\r' || character === '\n') return '';
    return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[character] ?? character;
  }
}

export function isName(value: PdfValue | undefined): value is PdfName {
  return typeof value === 'object' && value !== null && 'name' in value;
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return typeof value === 'object' && value !== null && 'ref' in value;
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return typeof value === 'object' && value !== null && 'dictionary' in value;
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return typeof value === 'object' && value !== null && 'string' in value;
}

/** Numbers of all objects that a value refers to. */
export function* references(value: PdfValue): Generator<number> {
  if (isRef(value)) yield value.ref;
  else if (isDictionary(value)) for (const entry of value.dictionary.values()) yield* references(entry);
  else if (Array.isArray(value)) for (const entry of value as readonly PdfValue[]) yield* references(entry);
}

/** A text string of a PDF (UTF-16BE with its mark, UTF-8 with its, or PDFDocEncoding as far as it is Latin 1). */
export function decodeText(bytes: string): string {
  const raw = Buffer.from(bytes, 'latin1');
  if (raw[0] === 0xfe && raw[1] === 0xff) return new TextDecoder('utf-16be').decode(raw.subarray(2));
  if (raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf) return raw.subarray(3).toString('utf8');
  return bytes;
}

/** A text string as UTF-16BE in hex: safe in any position, whatever the characters. */
export function encodeText(text: string): string {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  return `<${bytes.toString('hex')}>`;
}

/** A value as it stands in a file. */
export function serialize(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(4);
  if (isName(value)) return `/${value.name.replace(/[^!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/g, (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
  if (isRef(value)) return `${value.ref} ${value.generation} R`;
  if (isString(value)) return `<${Buffer.from(value.string, 'latin1').toString('hex')}>`;
  if (isDictionary(value)) return `<<${[...value.dictionary].map(([key, entry]) => ` ${serialize({ name: key })} ${serialize(entry)}`).join('')} >>`;
  return `[${value.map(serialize).join(' ')}]`;
}
