import { S3Error } from '../errors';

/** A parsed element: its local name, its child elements, and its own text. */
export interface ParsedElement {
  name: string;
  children: ParsedElement[];
  text: string;
}

const MAX_DEPTH = 16;
const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y;
const ATTRIBUTE = /\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*')/y;
const NAMED_ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const malformed = () => new S3Error('MalformedXML');

function decodeEntities(text: string): string {
  return text.replaceAll(/&([^;&]{0,10};)?/g, (_whole, entity: string | undefined) => {
    const name = entity?.slice(0, -1) ?? '';
    const named = NAMED_ENTITIES[name];
    if (named !== undefined) return named;
    const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
    const codePoint = digits ? Number.parseInt(digits[1] ?? digits[2]!, digits[1] ? 16 : 10) : Number.NaN;
    if (!(codePoint <= 0x10ffff) || (codePoint >= 0xd800 && codePoint <= 0xdfff)) throw malformed();
    return String.fromCodePoint(codePoint);
  });
}

/** A strict reader of the small documents S3 takes: elements, attributes (dropped), text, CDATA, comments. No DTD: entity tricks are impossible. */
class XmlReader {
  private at = 0;
  constructor(private readonly source: string) {}

  document(): ParsedElement {
    if (this.source.startsWith('\uFEFF')) this.at = 1;
    this.skipProlog();
    const root = this.element(0);
    this.skipMisc();
    if (this.at !== this.source.length) throw malformed();
    return root;
  }

  private skipProlog(): void {
    if (this.source.startsWith('<?xml', this.at)) this.skipPast('?>');
    this.skipMisc();
  }

  private skipMisc(): void {
    for (;;) {
      this.match(/\s*/y);
      if (!this.source.startsWith('<!--', this.at)) return;
      this.skipPast('-->');
    }
  }

  private skipPast(end: string): string {
    const found = this.source.indexOf(end, this.at);
    if (found < 0) throw malformed();
    const passed = this.source.slice(this.at, found);
    this.at = found + end.length;
    return passed;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private literal(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private element(depth: number): ParsedElement {
    if (depth > MAX_DEPTH || !this.literal('<')) throw malformed();
    const qualified = this.match(NAME);
    if (qualified === undefined) throw malformed();
    while (this.match(ATTRIBUTE) !== undefined);
    this.match(/\s*/y);
    const parsed: ParsedElement = { name: qualified.slice(qualified.indexOf(':') + 1), children: [], text: '' };
    if (this.literal('/>')) return parsed;
    if (!this.literal('>')) throw malformed();
    this.content(parsed, depth);
    if (this.match(NAME) !== qualified) throw malformed();
    this.match(/\s*/y);
    if (!this.literal('>')) throw malformed();
    return parsed;
  }

  /** Reads up to and over the `</` of the end tag. */
  private content(parsed: ParsedElement, depth: number): void {
    for (;;) {
      const next = this.source.indexOf('<', this.at);
      if (next < 0) throw malformed();
      parsed.text += decodeEntities(this.source.slice(this.at, next).replaceAll(/\r\n?/g, '\n'));
      this.at = next;
      if (this.literal('</')) return;
      if (this.literal('<!--')) this.skipPast('-->');
      else if (this.literal('<![CDATA[')) parsed.text += this.skipPast(']]>');
      else parsed.children.push(this.element(depth + 1));
    }
  }
}

/** Parses a request body whose root must be `rootName`. Throws MalformedXML for everything else. */
export function parseXml(body: Buffer, rootName: string): ParsedElement {
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw malformed();
  }
  const root = new XmlReader(source).document();
  if (root.name !== rootName) throw malformed();
  return root;
}

/** Refuses children that are not named, and named children that occur more than once unless listed in `repeatable`. */
export function expectChildren(parent: ParsedElement, allowed: readonly string[], repeatable: readonly string[] = []): void {
  const seen = new Set<string>();
  for (const { name } of parent.children) {
    if (repeatable.includes(name)) continue;
    if (!allowed.includes(name) || seen.has(name)) throw malformed();
    seen.add(name);
  }
  if (parent.children.length > 0 && parent.text.trim() !== '') throw malformed();
}

export const childrenOf = (parent: ParsedElement, name: string): ParsedElement[] => parent.children.filter((child) => child.name === name);

export const childOf = (parent: ParsedElement, name: string): ParsedElement | undefined => parent.children.find((child) => child.name === name);

export function textOf(parent: ParsedElement, name: string): string | undefined {
  const child = childOf(parent, name);
  if (child !== undefined && child.children.length > 0) throw malformed();
  return child?.text;
}

/** "true" or "false"; absent is undefined. */
export function booleanOf(parent: ParsedElement, name: string): boolean | undefined {
  const text = textOf(parent, name)?.trim().toLowerCase();
  if (text === undefined) return undefined;
  if (text !== 'true' && text !== 'false') throw malformed();
  return text === 'true';
}

/** A whole number of at most nine digits; absent is undefined. */
export function integerOf(parent: ParsedElement, name: string): number | undefined {
  const text = textOf(parent, name)?.trim();
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,9}$/.test(text)) throw malformed();
  return Number(text);
}
