import { createHash } from 'node:crypto';
import { z } from 'zod';

const versionPattern = /^\d+\.\d+$/;

/** What stands between the two `---` lines of a content file. Every key is needed, and an unknown one is an error. */
const common = {
  title: z.string().min(1).max(120),
  version: z.string().regex(versionPattern),
  published: z.iso.date(),
  summary: z.string().min(1).max(300),
};
export const policyFrontMatter = z.strictObject(common);
export const ndaFrontMatter = z.strictObject({ ...common, requiresNewSignature: z.enum(['true', 'false']).transform((value) => value === 'true') });
export const guideFrontMatter = z.strictObject({ ...common, order: z.coerce.number().int().min(1) });

const FENCE = '---\n';

/** Splits a text with front matter into the two; `frontMatter` is null where the text has none. */
export function splitFrontMatter(text: string): { frontMatter: string | null; body: string } {
  if (!text.startsWith(FENCE)) return { frontMatter: null, body: text };
  const end = text.indexOf(`\n${FENCE}`, FENCE.length - 1);
  if (end === -1) return { frontMatter: null, body: text };
  return { frontMatter: text.slice(FENCE.length, end + 1), body: text.slice(end + 1 + FENCE.length) };
}

/** `key: value` lines, the value plain or in double quotes. Nothing more of YAML is understood, on purpose. */
function parseKeys(frontMatter: string): Record<string, string> {
  const entries = new Map<string, string>();
  for (const line of frontMatter.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^([a-zA-Z]+):\s+(.+?)\s*$/.exec(line);
    if (!match?.[1] || !match[2]) throw new Error(`Front matter has a line that is not "key: value": ${line}`);
    if (entries.has(match[1])) throw new Error(`Front matter names "${match[1]}" twice.`);
    entries.set(match[1], match[2].replace(/^"(.*)"$/, '$1'));
  }
  return Object.fromEntries(entries);
}

export type ParsedDocument<T> = {
  readonly meta: T;
  /** Midnight UTC of the front matter's date. */
  readonly publishedAt: Date;
  /** The whole file with LF line ends, front matter included: `sha256sum` over these bytes gives `sha256`. */
  readonly source: string;
  /** The Markdown after the front matter. */
  readonly body: string;
  /** Lower-case hex. */
  readonly sha256: string;
};

/** SHA-256 over the UTF-8 bytes with LF line ends, so that a checkout with CRLF has the same hash. */
export function hashSource(source: string): string {
  return createHash('sha256').update(source, 'utf8').digest('hex');
}

/** Reads one content file. Throws where the front matter is missing, incomplete or has unknown keys. */
export function parseDocument<T extends { published: string }>(raw: string, schema: z.ZodType<T>): ParsedDocument<T> {
  const source = raw.replace(/\r\n?/g, '\n');
  const { frontMatter, body } = splitFrontMatter(source);
  if (frontMatter === null) throw new Error('The text has no front matter.');
  const meta = schema.parse(parseKeys(frontMatter));
  return { meta, publishedAt: new Date(`${meta.published}T00:00:00.000Z`), source, body, sha256: hashSource(source) };
}
