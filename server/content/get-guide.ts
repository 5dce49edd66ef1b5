import { type ContentValues } from './content-values';
import { type GuideSummary } from './list-guides';
import { loadFolder } from './load-document';
import { guideFrontMatter } from './parse-document';
import { type RenderedMarkdown, renderMarkdown } from './render-markdown';

export type Guide = GuideSummary & RenderedMarkdown & { readonly sha256: string; readonly source: string };

/** One guide, rendered, or null where there is none of that slug. `slug` may be anything that came from an address. */
export function getGuide(slug: string, values: ContentValues, root?: string): Guide | null {
  const found = loadFolder('guides', guideFrontMatter, root).find(({ name }) => name === slug);
  if (!found) return null;
  const { meta, publishedAt, sha256, source } = found;
  return { slug: found.name, title: meta.title, version: meta.version, publishedAt, summary: meta.summary, sha256, source, ...renderMarkdown({ source, values }) };
}
