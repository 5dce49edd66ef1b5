import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from './errors';
import { openApiDocument } from './openapi';
import { API_OPERATIONS } from './openapi-operations';

const root = path.resolve(import.meta.dirname, '..');
const document = openApiDocument({ version: '1.2.3', portalUrl: 'https://data.example.com' });

/** Method and address of every handler below app/api/v1, as the files say: what `export const GET = apiRoute` declares, not what is refused. */
function routes(): string[] {
  return readdirSync(path.join(root, 'app/api'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('route.ts') && (name.startsWith('v1/') || name.startsWith('health/')))
    .flatMap((name) => {
      const address = `/api/${path.dirname(name)}`.replace(/\[(\w+)\]/g, '{$1}');
      const text = readFileSync(path.join(root, 'app/api', name), 'utf8');
      return [...text.matchAll(/^export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/gm)].map(([, method]) => `${method?.toLowerCase()} ${address}`);
    });
}

describe('the OpenAPI document', () => {
  it('describes every route, and nothing that is none', () => {
    expect(API_OPERATIONS.map(({ method, path: address }) => `${method} ${address}`).sort()).toEqual(routes().sort());
  });

  it('names each operation once, and each part of its address', () => {
    expect(new Set(API_OPERATIONS.map(({ id }) => id)).size).toBe(API_OPERATIONS.length);
    for (const [address, operations] of Object.entries(document.paths as Record<string, Record<string, { parameters: { name: string; in: string }[] }>>)) {
      const parts = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(operations)) expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(parts);
    }
  });

  it('says the bounds that the routes hold', () => {
    const text = JSON.stringify(document);
    expect(text).toContain('"additionalProperties":false');
    expect(text).toContain('"maxItems":100');
    expect(text).not.toContain('$schema');
  });

  it('names every code that the contract can answer with', () => {
    const text = JSON.stringify(document);
    for (const code of ['segment_conflict', 'segments_missing', 'policy_not_accepted', 'nda_required', 'too_many_files'] as const) expect(text).toContain(`\`${code}\`: ${ERROR_CATALOGUE[code].title}`);
  });
});
