import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the web app is built from: these folders, and in the root the lockfile and whatever configures Next. (`next build` itself rewrites tsconfig.json.) */
const FOLDERS = ['app', 'components', 'content', 'domain', 'lib', 'public', 'server', 'prisma/schema'];
const ROOT_FILE = /^(package-lock\.json|next\.config\.\w+|postcss\.config\.\w+|proxy\.ts|instrumentation(-client)?\.ts)$/;
const NOT_BUILT = /\.test\.tsx?$/;

/** SHA-256 (hex) over the names and contents of the sources; equal exactly when a build would start from the same files. */
export function sourceHash(root: string): string {
  return hashFiles(root, [...readdirSync(root).filter((name) => ROOT_FILE.test(name)), ...FOLDERS.flatMap((folder) => filesBelow(root, folder))]);
}

/** The same over all files of some folders, tests excepted. */
export function hashFolders(root: string, folders: readonly string[]): string {
  return hashFiles(root, folders.flatMap((folder) => filesBelow(root, folder)));
}

function hashFiles(root: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) {
    const content = createHash('sha256').update(readFileSync(join(root, file))).digest('hex');
    hash.update(`${content} ${file}\n`);
  }
  return hash.digest('hex');
}

function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !NOT_BUILT.test(entry.name)).map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
