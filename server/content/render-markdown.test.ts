import { describe, expect, it } from 'vitest';
import { resolveContentLink } from './content-links';
import { UnknownPlaceholderError } from './content-values';
import { headingId, renderMarkdown } from './render-markdown';

const render = (source: string, values: Record<string, string> = {}, blanks?: Record<string, string>) =>
  renderMarkdown(blanks ? { source, values, blanks } : { source, values }).html;

describe('renderMarkdown', () => {
  it('shows raw HTML of the source as text', () => {
    const html = render('Before\n\n<script>alert(1)</script>\n\nA <b onclick="x()">word</b> and <!-- a comment -->');
    expect(html).not.toMatch(/<script|<b |<!--/);
    expect(html).toContain('&lt;script&gt;');
  });

  it('puts a value in as text: neither HTML nor Markdown nor another placeholder comes of it', () => {
    const vendorName = '<img src=x onerror=y> **bold** [link](https://evil.example) {{supportEmail}} & "q"';
    const html = render('From {{vendorName}}.', { vendorName, supportEmail: 'hidden@example.com' });
    expect(html).toBe('<p>From &lt;img src=x onerror=y&gt; **bold** [link](https://evil.example) {{supportEmail}} &amp; &quot;q&quot;.</p>\n');
  });

  it('escapes a value in a heading, a table, code, a code block and a link', () => {
    const values = { portalUrl: 'https://p.example/"><i>' };
    const html = render('## {{portalUrl}}\n\n| A |\n| --- |\n| {{portalUrl}} |\n\n`{{portalUrl}}`\n\n```sh\ncurl {{portalUrl}}\n```\n\n[x]({{portalUrl}})', values);
    expect(html).not.toContain('<i>');
    expect(html.match(/&quot;&gt;&lt;i&gt;/g)).toHaveLength(5);
  });

  it('refuses a placeholder without a value, also one that every object has', () => {
    expect(() => render('{{vendorName}}')).toThrow(UnknownPlaceholderError);
    expect(() => render('{{vendorName}}', { vendorName: '  ' })).toThrow(UnknownPlaceholderError);
    expect(() => render('{{constructor}}')).toThrow(UnknownPlaceholderError);
    expect(() => render('```\n{{nothing}}\n```')).toThrow(UnknownPlaceholderError);
  });

  it('names an open field where a label is given', () => {
    expect(render('{{courts}}', {}, { courts: 'Courts <of>' })).toContain('<span class="blank-field">Courts &lt;of&gt;: to be filled in</span>');
  });

  it('marks a promise with its id, with markup and links inside it', () => {
    const { html, blocks } = renderMarkdown({ source: 'Text. [Erased after *7* days, see [here](a-guide.md).]{#P-RAW-7} More.\n\nNext.', values: {} });
    expect(html).toContain('<span class="promise" id="P-RAW-7" data-promise="P-RAW-7">Erased after <em>7</em> days, see <a href="/guides/a-guide">here</a>.</span> More.');
    expect(blocks.map(({ promises }) => promises)).toEqual([['P-RAW-7'], []]);
  });

  it('gives headings anchors without their number, each its own', () => {
    const { html, headings } = renderMarkdown({ source: '## 1. The same\n\n## 2. The same\n\n### Größe & `code`', values: {} });
    expect(headings).toEqual([
      { id: 'the-same', text: '1. The same', level: 2 },
      { id: 'the-same-2', text: '2. The same', level: 2 },
      { id: 'gro-e-code', text: 'Größe & code', level: 3 },
    ]);
    expect(html).toContain('<h2 id="the-same-2">2. The same</h2>');
    expect(headingId('???')).toBe('section');
  });

  it('says the language of a block of code, and nothing else that stands there', () => {
    expect(render('```sh\necho "<x>"\n```')).toBe('<pre tabindex="0"><code class="language-sh">echo &quot;&lt;x&gt;&quot;\n</code></pre>\n');
    expect(render('```sh" onclick="x\na\n```')).toContain('class="language-text"');
  });

  it('gives the heads of a table their scope and leaves an empty one a plain cell', () => {
    expect(render('| | B |\n| --- | --- |\n| 1 | 2 |')).toContain('<thead><tr><td></td><th scope="col">B</th></tr></thead>');
  });

  it('hangs numbered clauses and their parts', () => {
    expect(render('3.1 The Recipient shall:\n\n(a) keep it secret;')).toBe('<p class="clause">3.1 The Recipient shall:</p>\n<p class="subclause">(a) keep it secret;</p>\n');
  });

  it('leaves out the front matter', () => {
    expect(render('---\ntitle: x\n---\n\nText.')).toBe('<p>Text.</p>\n');
  });

  it('protects the page from what an external link opens', () => {
    expect(render('[x](https://example.org/a?b=1&c=2)')).toContain('<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer external">');
  });
});

describe('resolveContentLink', () => {
  it.each([
    ['other-guide.md', '/guides/other-guide'],
    ['./other-guide.md#a-part', '/guides/other-guide#a-part'],
    ['../guides/other-guide.md', '/guides/other-guide'],
    ['../policy/1.0.md#P-ERASE', '/policy#P-ERASE'],
    ['#here', '#here'],
    ['mailto:support@example.com', 'mailto:support@example.com'],
  ])('leads %s to %s', (href, expected) => {
    expect(resolveContentLink(href)).toEqual({ href: expected, external: false });
  });

  it.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', '//evil.example', '/absolute', '../../etc/passwd', '../nda/1.0.md', 'https://', 'mailto:"><b>', ''])('refuses %j', (href) => {
    expect(() => resolveContentLink(href)).toThrow();
  });
});
