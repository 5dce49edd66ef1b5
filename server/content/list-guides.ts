import { loadFolder } from './load-document';
import { guideFrontMatter } from './parse-document';

export type GuideSummary = {
  readonly slug: string;
  readonly title: string;
  readonly version: string;
  readonly publishedAt: Date;
  readonly summary: string;
};

/** The guides in reading order, without their text. */
export function listGuides(root?: string): readonly GuideSummary[] {
  return [...loadFolder('guides', guideFrontMatter, root)]
    .sort((a, b) => a.meta.order - b.meta.order)
    .map(({ name, meta, publishedAt }) => ({ slug: name, title: meta.title, version: meta.version, publishedAt, summary: meta.summary }));
}
