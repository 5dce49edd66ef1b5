import { type Token, type Tokens } from 'marked';
import { type TemplateProblem } from '@/domain/nda-template-draft';
import { PLACEHOLDER_ANYWHERE, valueOf } from '../content/content-values';
import { createMarkdown } from '../content/render-markdown';
import { NDA_FIELD_LABELS, type NdaField } from '../nda/nda-fields';
import { codePointName, splitByCoverage } from '../pdf/fonts';

/** Without these a text is no agreement between the two parties, or cannot be signed. */
export const REQUIRED_NDA_FIELDS: readonly NdaField[] = ['vendorName', 'organizationName', 'scope', 'term', 'governingLaw'];
const SIGNATURES: readonly NdaField[] = ['vendorSignature', 'customerSignature'];

const BLOCKS = new Set(['heading', 'paragraph', 'table', 'space']);
const INLINE = new Set(['text', 'escape', 'strong', 'em', 'br', 'placeholder']);
const NAMES: Readonly<Record<string, string>> = { html: 'HTML', image: 'A picture', code: 'A block of code', codespan: 'Code', list: 'A list with dots or numbers', blockquote: 'A quotation', hr: 'A ruled line', def: 'A named link', link: 'A link', del: 'Struck-out text', promise: 'A promise of the policy' };
const ADVICE: Readonly<Record<string, string>> = { list: ' Write clauses as "1.1 …" and their parts as "(a) …", each a paragraph.', link: ' Write the address itself.' };
const MAX_PROBLEMS = 30;
const MAX_CELL = 1200;

type Report = (line: number | null, message: string) => void;
const linesOf = (text: string) => text.split('\n').length - 1;

/** What a block says, with the line that it stands on: a row of a table has one of its own. */
function inlineTokens(token: Token, line: number): readonly { readonly tokens: readonly Token[]; readonly line: number }[] {
  if (token.type !== 'table') return [{ tokens: ('tokens' in token && token.tokens) || [], line }];
  const { header, rows } = token as Tokens.Table;
  return [header, ...rows].map((cells, at) => ({ tokens: cells.flatMap(({ tokens }) => tokens), line: at === 0 ? line : line + at + 1 }));
}

/** An address that stands as itself is text; a link under other words would be lost on paper. */
const isPlainAddress = (token: Token) => token.type === 'link' && (token as Tokens.Link).raw === (token as Tokens.Link).text;

function checkInline(tokens: readonly Token[], line: number, report: Report): void {
  for (const token of tokens) {
    if (isPlainAddress(token)) continue;
    if (!INLINE.has(token.type)) report(line, `${NAMES[token.type] ?? `"${token.type}"`} is not taken in an agreement.${ADVICE[token.type] ?? ''}`);
    else if ('tokens' in token && token.tokens) checkInline(token.tokens, line, report);
  }
}

function checkTable({ header, rows }: Tokens.Table, line: number, report: Report): void {
  if (header.length < 2 || header.length > 4) report(line, 'A table has two to four columns.');
  if ([...header, ...rows.flat()].some(({ text }) => text.length > MAX_CELL)) report(line, `A cell of a table holds at most ${MAX_CELL} characters. Move the text into a clause.`);
}

/** Markdown that the page and the PDF show alike, and nothing else. */
function checkBlocks(tokens: readonly Token[], report: Report): void {
  let line = 1;
  for (const token of tokens) {
    if (!BLOCKS.has(token.type)) report(line, `${NAMES[token.type] ?? `"${token.type}"`} is not taken in an agreement.${ADVICE[token.type] ?? ''}`);
    else {
      if (token.type === 'heading' && (token as Tokens.Heading).depth === 1) report(line, 'Begin a heading with "##": the title stands above the text already.');
      if (token.type === 'table') checkTable(token as Tokens.Table, line, report);
      for (const part of inlineTokens(token, line)) checkInline(part.tokens, part.line, report);
    }
    line += linesOf(token.raw);
  }
}

function checkFields(body: string, tables: readonly Token[], report: Report): void {
  const used = new Set<string>();
  for (const [at, line] of body.split('\n').entries()) {
    for (const [, name = ''] of line.matchAll(PLACEHOLDER_ANYWHERE)) {
      used.add(name);
      if (valueOf(NDA_FIELD_LABELS, name) === undefined) report(at + 1, `{{${name}}} is not a field. The fields are listed below the text.`);
    }
    if (/\{\{|\}\}/.test(line.replace(PLACEHOLDER_ANYWHERE, ''))) report(at + 1, 'A field is written as its name in two braces on each side, such as {{term}}.');
  }
  for (const name of REQUIRED_NDA_FIELDS) if (!used.has(name)) report(null, `The field {{${name}}} (${NDA_FIELD_LABELS[name]}) is missing.`);
  const signing = tables.filter(({ raw }) => SIGNATURES.some((name) => raw.includes(`{{${name}}}`)));
  const [only] = signing;
  if (signing.length !== 1 || !only || !SIGNATURES.every((name) => only.raw.includes(`{{${name}}}`))) report(null, 'One table has to hold both {{vendorSignature}} and {{customerSignature}}: there the parties sign.');
}

/** What the fonts of the PDF do not draw. */
function checkLetters(what: string, text: string, report: Report): void {
  for (const [at, line] of text.split('\n').entries()) {
    const { missing } = splitByCoverage(line, 'regular');
    if (missing.length > 0) report(what === '' ? at + 1 : null, `${what}${missing.slice(0, 5).map(codePointName).join(', ')} cannot be printed. Write it in another way.`);
  }
}

/**
 * What keeps a text from being published as a version of the template, at most 30 problems: fields that are unknown or missing, Markdown
 * that the PDF does not draw (raw HTML, pictures, links, lists), letters that no font here has. None: it can be drawn and signed. Pure.
 */
export function checkNdaTemplate({ title, summary, body }: { readonly title: string; readonly summary: string; readonly body: string }): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const report: Report = (line, message) => {
    if (problems.length < MAX_PROBLEMS && !problems.some((known) => known.line === line && known.message === message)) problems.push({ line, message });
  };
  for (const [name, text] of [['title', title], ['summary', summary]] as const) {
    if (text.includes('{{')) report(null, `A field cannot stand in the ${name}.`);
    checkLetters(`In the ${name}: `, text, report);
  }
  const tokens = createMarkdown({ source: '', values: {} }).lexer(body);
  checkBlocks(tokens, report);
  checkFields(body, tokens.filter(({ type }) => type === 'table'), report);
  checkLetters('', body, report);
  return problems;
}
