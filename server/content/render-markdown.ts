import { Marked, type RendererObject, type TokenizerAndRendererExtension, type Token, type Tokens } from 'marked';
import { resolveContentLink } from './content-links';
import { fillPlainText, PLACEHOLDER_AT_START, UnknownPlaceholderError, valueOf } from './content-values';
import { splitFrontMatter } from './parse-document';

export type RenderInput = {
  /** Markdown, with or without front matter; front matter is left out. */
  readonly source: string;
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Labels of fields that may be empty. A placeholder without value and without a label throws. */
  readonly blanks?: Readonly<Record<string, string>>;
};

export type RenderedHeading = { readonly id: string; readonly text: string; readonly level: number };

export type RenderedMarkdown = {
  /** Safe to put into a page as it is: raw HTML of the source and every value are escaped. */
  readonly html: string;
  /** The same, cut at its top-level blocks, so that a page can put a promise's evidence under the block that makes it. */
  readonly blocks: readonly { readonly html: string; readonly promises: readonly string[] }[];
  readonly headings: readonly RenderedHeading[];
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] ?? character);

/** Anchor of a heading: lower case, words joined by hyphens, the leading clause number kept out. */
export function headingId(text: string): string {
  const words = text.replace(/^\d+\.\s+/, '').toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return words || 'section';
}

/** `{{name}}` in running text. It is put in after parsing, so a value can add neither markup nor Markdown. */
function placeholderExtension({ values, blanks }: RenderInput): TokenizerAndRendererExtension {
  return {
    name: 'placeholder',
    level: 'inline',
    start: (text) => text.indexOf('{{'),
    tokenizer(text) {
      const match = PLACEHOLDER_AT_START.exec(text);
      return match ? { type: 'placeholder', raw: match[0], name: match[1] } : undefined;
    },
    renderer(token) {
      const name = String(token.name);
      const value = valueOf(values, name);
      if (value !== undefined) return escapeHtml(value);
      const label = blanks && valueOf(blanks, name);
      if (label === undefined) throw new UnknownPlaceholderError(name);
      return `<span class="blank-field">${escapeHtml(label)}: to be filled in</span>`;
    },
  };
}

/** `[A sentence.]{#P-RAW-7}`: the sentence carries the promise's id as its anchor and as `data-promise`. */
const promiseExtension: TokenizerAndRendererExtension = {
  name: 'promise',
  level: 'inline',
  start: (text) => text.indexOf('['),
  tokenizer(text) {
    const match = /^\[((?:[^[\]]|\[[^[\]]*\]\([^()\s]*\))+)\]\{#(P-[A-Z0-9-]+)\}/.exec(text);
    if (!match?.[1]) return undefined;
    return { type: 'promise', raw: match[0], id: match[2], tokens: this.lexer.inlineTokens(match[1]) };
  },
  renderer(token) {
    const id = escapeHtml(String(token.id));
    return `<span class="promise" id="${id}" data-promise="${id}">${this.parser.parseInline(token.tokens ?? [])}</span>`;
  },
};

/** A clause such as `3.1 …` or `(a) …` keeps its number in the text, where a lawyer cites it, and gets a class to hang it by. */
function paragraphClass(text: string): string {
  if (/^\d+\.\d+\s/.test(text)) return ' class="clause"';
  return /^\([a-z]\)\s/.test(text) ? ' class="subclause"' : '';
}

function createRenderer({ values }: RenderInput, headings: RenderedHeading[]): RendererObject {
  const used = new Map<string, number>();
  return {
    html: ({ text }) => escapeHtml(text),
    image: ({ text }) => escapeHtml(text),
    heading({ tokens, depth }) {
      const html = this.parser.parseInline(tokens);
      const text = plainText(tokens, values);
      const base = headingId(text);
      const count = (used.get(base) ?? 0) + 1;
      used.set(base, count);
      const id = count === 1 ? base : `${base}-${count}`;
      headings.push({ id, text, level: depth });
      return `<h${depth} id="${id}">${html}</h${depth}>\n`;
    },
    paragraph({ tokens, text }) {
      return `<p${paragraphClass(text)}>${this.parser.parseInline(tokens)}</p>\n`;
    },
    code({ text, lang }) {
      const language = /^[a-z0-9-]+$/.exec(lang ?? '')?.[0] ?? 'text';
      return `<pre tabindex="0"><code class="language-${language}">${escapeHtml(fillPlainText(text, values))}\n</code></pre>\n`;
    },
    codespan: ({ text }) => `<code>${escapeHtml(fillPlainText(text, values))}</code>`,
    link({ href, tokens }) {
      const target = resolveContentLink(fillPlainText(href, values));
      const rel = target.external ? ' rel="noopener noreferrer external"' : '';
      return `<a href="${escapeHtml(target.href)}"${rel}>${this.parser.parseInline(tokens)}</a>`;
    },
    table({ header, rows }) {
      const head = header.map((cell) => (cell.text === '' ? '<td></td>' : `<th scope="col">${this.parser.parseInline(cell.tokens)}</th>`)).join('');
      const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${this.parser.parseInline(cell.tokens)}</td>`).join('')}</tr>`).join('\n');
      return `<div class="table-scroll" tabindex="0"><table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div>\n`;
    },
  };
}

/** Text without markup; a placeholder is its value. */
function plainText(tokens: readonly Token[], values: RenderInput['values']): string {
  return tokens
    .map((token) => {
      if (token.type === 'placeholder') return valueOf(values, String((token as Tokens.Generic).name)) ?? '';
      if ('tokens' in token && token.tokens) return plainText(token.tokens, values);
      return 'text' in token ? String(token.text) : '';
    })
    .join('');
}

/** The Markdown parser of all texts: GitHub's Markdown, placeholders and promises. Also used by the PDF of the NDA. */
export function createMarkdown(input: RenderInput, renderer?: RendererObject): Marked {
  return new Marked({ gfm: true, extensions: [placeholderExtension(input), promiseExtension], ...(renderer ? { renderer } : {}) });
}

/**
 * Renders one of the portal's own texts to HTML. Pure. Throws UnknownPlaceholderError for a placeholder without a value,
 * and an Error for a link that a page must not carry.
 */
export function renderMarkdown(input: RenderInput): RenderedMarkdown {
  const headings: RenderedHeading[] = [];
  const markdown = createMarkdown(input, createRenderer(input, headings));
  const tokens = markdown.lexer(splitFrontMatter(input.source).body);
  const blocks = tokens
    .filter((token) => token.type !== 'space')
    .map((token) => {
      const promises: string[] = [];
      markdown.walkTokens([token], (inner) => {
        if (inner.type === 'promise') promises.push(String((inner as Tokens.Generic).id));
      });
      return { html: markdown.parser([token]), promises };
    });
  return { html: blocks.map(({ html }) => html).join(''), blocks, headings };
}
