import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type ParsedDocument, parseDocument } from './parse-document';

export type LoadedDocument<T> = ParsedDocument<T> & {
  /** File name without `.md`: the version of a policy or template, the slug of a guide. */
  readonly name: string;
};

const cache = new Map<string, readonly LoadedDocument<unknown>[]>();

/**
 * Every `.md` file of one folder below `content/`, sorted by name. The folder is read once in the life of a process:
 * a published text does not change below a running portal. `root` is the folder `content/`, absolute.
 */
export function loadFolder<T extends { published: string }>(folder: string, schema: z.ZodType<T>, root: string = contentRoot()): readonly LoadedDocument<T>[] {
  const directory = path.join(/*turbopackIgnore: true*/ root, folder);
  const known = cache.get(directory) as readonly LoadedDocument<T>[] | undefined;
  if (known) return known;
  const loaded = readdirSync(/*turbopackIgnore: true*/ directory)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => loadFile(path.join(/*turbopackIgnore: true*/ directory, file), schema));
  cache.set(directory, loaded);
  return loaded;
}

function loadFile<T extends { published: string }>(file: string, schema: z.ZodType<T>): LoadedDocument<T> {
  try {
    return { name: path.basename(file, '.md'), ...parseDocument(readFileSync(file, 'utf8'), schema) };
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path.basename(path.dirname(file))}/${path.basename(file)} cannot be loaded. ${why}`, { cause });
  }
}

/** Every process of the portal (web, worker, tests) runs in the root of the repository. */
function contentRoot(): string {
  return path.join(process.cwd(), 'content');
}

/** Orders `1.2` before `1.10`. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
