import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const METHOD = /export\s+(?:async\s+)?(?:const|function)\s+(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b|export\s*\{([^}]*)\}|export\s+const\s*\{([^}]*)\}/g;
const METHOD_NAME = /\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/g;

/** `app/(policy)/policy/[version]/page.tsx` is `/policy/[version]`: groups do not show in addresses. */
function addressOf(file: string): string {
  const parts = path.dirname(file).split('/').slice(1).filter((part) => !/^\(.*\)$/.test(part));
  return `/${parts.join('/')}`;
}

function appFiles(): string[] {
  return readdirSync(path.join(root, 'app'), { recursive: true, encoding: 'utf8' }).map((name) => path.join('app', name));
}

/** The address of every page, as `/cases/[reference]`, from the files that make them. */
export function listPages(): string[] {
  return appFiles().filter((file) => /\/page\.tsx$/.test(file)).map(addressOf).sort();
}

/** Every page and route handler of the app, as `GET /cases/[reference]`, from the files that make them. */
export function listRoutes(): string[] {
  const files = appFiles();
  const pages = listPages().map((address) => `GET ${address}`);
  const handlers = files.filter((file) => /\/route\.tsx?$/.test(file)).flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const methods = [...text.matchAll(METHOD)].flatMap((match) => [...match[0].matchAll(METHOD_NAME)].map(([name]) => name));
    if (methods.length === 0) throw new Error(`${file} exports no method that this list understands.`);
    return [...new Set(methods)].map((method) => `${method} ${addressOf(file)}`);
  });
  return [...pages, ...handlers].sort();
}

export type ServerAction = { readonly id: string; readonly name: string };

/** Every server action of the build, as `app/cases/new/actions.ts#openCaseAction`, with the id by which it is called. */
export function listActions(): ServerAction[] {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, '.next/server/server-reference-manifest.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('node' in manifest) || typeof manifest.node !== 'object' || manifest.node === null) throw new Error('The build\'s manifest of server actions is not as expected.');
  return Object.entries(manifest.node as Record<string, { filename?: string; exportedName?: string }>)
    .map(([id, { filename, exportedName }]) => ({ id, name: `${filename ?? '?'}#${exportedName ?? '?'}` }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
