import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECEIPT_KEY_PATH, receiptPayload } from '@/domain/receipt';
import { getGuide } from './get-guide';
import { listGuides } from './list-guides';
import { loadNdaTemplates } from './load-nda-templates';
import { loadPolicies } from './load-policies';
import { renderMarkdown } from './render-markdown';

const values = { vendorName: 'Example Software', supportEmail: 'support@example.com', portalUrl: 'https://portal.example' };

/** docs/design.md, section 5. */
const PROMISES = [
  'P-PUSH', 'P-TRANSIT', 'P-REST', 'P-REGION', 'P-LIMITED', 'P-RAW-7', 'P-AUTO-30', 'P-MANUAL-1',
  'P-EXTEND', 'P-MIN', 'P-PURPOSE', 'P-NOCOPY', 'P-SHARE', 'P-ERASE', 'P-NDA', 'P-LOGS',
];

/** Versions that were published keep their text for ever: a change belongs into a new file. */
const PUBLISHED = {
  'policy/1.0': '4a048a2c517eaacb2a2e0e6612b1f1a01d46bfda8cb2f7304daf829ae8b06ed0',
  'nda/1.0': '741192737e6a3a92eb2e9a137a13424aca5edb781051974d123671b1d441dd1e',
};

const latest = <T>(all: readonly T[]): T => {
  const last = all.at(-1);
  if (last === undefined) throw new Error('There is no version.');
  return last;
};
const guides = () => listGuides().map(({ slug }) => {
  const guide = getGuide(slug, values);
  if (!guide) throw new Error(`${slug} is listed and not there.`);
  return guide;
});
const pages = () => new Map([
  ['/policy', renderMarkdown({ source: latest(loadPolicies()).source, values }).html],
  ...guides().map(({ slug, html }) => [`/guides/${slug}`, html] as const),
]);

describe('the Diagnostic Data Policy', () => {
  it('makes every promise of the design once, and no other', () => {
    for (const { source } of loadPolicies()) {
      const { html, blocks } = renderMarkdown({ source, values });
      expect(blocks.flatMap(({ promises }) => promises).sort()).toEqual([...PROMISES].sort());
      for (const id of PROMISES) expect(html.split(`id="${id}" data-promise="${id}"`)).toHaveLength(2);
      expect(html).not.toContain('{#');
    }
  });

  it('makes at most one promise a block, so that its evidence can stand below it', () => {
    for (const { promises } of renderMarkdown({ source: latest(loadPolicies()).source, values }).blocks) {
      expect(promises.length).toBeLessThanOrEqual(1);
    }
  });
});

describe('the texts', () => {
  it('keep the text of each version that was published', () => {
    const found = Object.fromEntries([
      ...loadPolicies().map(({ version, sha256 }) => [`policy/${version}`, sha256]),
      ...loadNdaTemplates().map(({ version, sha256 }) => [`nda/${version}`, sha256]),
    ]);
    expect(found).toEqual(PUBLISHED);
  });

  it('carry the hash that sha256sum gives for the file', () => {
    for (const [folder, documents] of [['policy', loadPolicies()], ['nda', loadNdaTemplates()]] as const) {
      for (const { version, sha256 } of documents) {
        const bytes = readFileSync(path.join('content', folder, `${version}.md`));
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      }
    }
  });

  it('are all found: each file of the folder guides is listed, in one order', () => {
    const files = readdirSync('content/guides').map((file) => file.replace(/\.md$/, ''));
    expect(listGuides().map(({ slug }) => slug).sort()).toEqual(files.sort());
    expect(listGuides()[0]?.slug).toBe('switch-on-heap-dumps');
  });

  it('leave no placeholder and no raw marker on a page', () => {
    for (const html of pages().values()) expect(html).not.toMatch(/\{\{|\}\}/);
  });

  it('link to pages and to parts of pages that are there', () => {
    const all = pages();
    let links = 0;
    for (const [page, html] of all) {
      for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) {
        if (/^(https:|mailto:)/.test(href)) continue;
        const [target = '', fragment] = href.split('#');
        const there = all.get(target || page);
        expect(there, `${page} links to ${href}`).toBeDefined();
        if (fragment) expect(there, `${page} links to ${href}`).toContain(`id="${fragment}"`);
        links += 1;
      }
    }
    expect(links).toBeGreaterThan(15);
  });

  it('begin below the title that the page shows: no heading of the first level, none skipped', () => {
    for (const guide of guides()) {
      let before = 1;
      for (const { level, text } of guide.headings) {
        expect(level, `${guide.slug}: ${text}`).toBeGreaterThan(1);
        expect(level - before, `${guide.slug}: ${text}`).toBeLessThanOrEqual(1);
        before = level;
      }
    }
  });
});

describe('the guides', () => {
  it.each([
    ['switch-on-heap-dumps', ['-XX:+HeapDumpOnOutOfMemoryError', '-XX:HeapDumpPath', 'CATALINA_OPTS', 'systemctl', '//US//']],
    ['take-a-heap-dump', ['jcmd', 'GC.heap_dump', 'jmap', 'find ']],
    ['collect-logs', ['catalina', 'journalctl', 'wevtutil', 'rotat']],
    ['send-from-a-server', ['send.sh', 'Make an upload key', 'PowerShell']],
    ['after-sending', ['rm -i', 'Remove-Item', 'HeapDumpOnOutOfMemoryError false']],
  ])('%s names what a person types', (slug, words) => {
    const html = getGuide(slug, values)?.html ?? '';
    for (const word of words) expect(html, word).toContain(word);
  });
});

describe('the guide on receipts', () => {
  it('names the address of the key and every field of a receipt', () => {
    const html = getGuide('check-a-receipt', values)?.html ?? '';
    expect(html).toContain(`https://portal.example${RECEIPT_KEY_PATH}`);
    for (const field of Object.keys(receiptPayload.shape).filter((name) => !['type', 'version', 'encoding'].includes(name))) {
      expect(html, field).toContain(`${field}`);
    }
  });
});

describe('getGuide', () => {
  it.each(['', '.', '..', '../policy/1.0', 'constructor', '__proto__', 'switch-on-heap-dumps.md', 'Switch-On-Heap-Dumps', '\0', 'x'.repeat(10_000)])('finds nothing for %j', (slug) => {
    expect(getGuide(slug, values)).toBeNull();
  });
});
