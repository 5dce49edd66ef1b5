import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceHash } from './source-hash';

let root: string;
const write = (file: string, content: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'airlock hash-'));
  write('app/page.tsx', 'one');
  write('package-lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('is the same for the same files, whenever they were written', () => {
  const before = sourceHash(root);
  write('app/page.tsx', 'one');
  expect(sourceHash(root)).toBe(before);
});

it.each([
  ['a changed source', () => write('app/page.tsx', 'two')],
  ['a new source in a folder of its own', () => write('components/ui/button.tsx', '')],
  ['a removed source', () => rmSync(join(root, 'app/page.tsx'))],
  ['a source that has moved', () => { rmSync(join(root, 'app/page.tsx')); write('app/other.tsx', 'one'); }],
  ['other packages', () => write('package-lock.json', '{"a":1}')],
  ['another configuration of Next', () => write('next.config.ts', '')],
  ['another schema', () => write('prisma/schema/case.prisma', '')],
])('differs with %s', (_, change) => {
  const before = sourceHash(root);
  change();
  expect(sourceHash(root)).not.toBe(before);
});

it.each([
  ['a test', () => write('app/page.test.tsx', '')],
  ['the worker', () => write('worker/main.ts', '')],
  ['data', () => write('.data/file', '')],
])('does not see %s, which is not built', (_, change) => {
  const before = sourceHash(root);
  change();
  expect(sourceHash(root)).toBe(before);
});
