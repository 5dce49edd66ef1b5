import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROMISE_IDS } from '@/domain/promises';
import { MECHANISMS, mechanismTable } from './mutations/mechanisms';

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, '..', file), 'utf8');

describe('the promises', () => {
  it('are those of the design, and each has a mechanism', () => {
    const ofDesign = [...read('docs/design.md').matchAll(/^\| (P-[A-Z0-9-]+) \|/gm)].map(([, id]) => id);
    expect([...ofDesign].sort()).toEqual([...PROMISE_IDS].sort());
    expect(PROMISE_IDS.filter((id) => !MECHANISMS.some(({ promise }) => promise === id))).toEqual([]);
  });

  it.each(MECHANISMS)('$promise: "$keeps" stands in the code where the table says, with its test', ({ file, find, test }) => {
    expect(read(file).split(find)).toHaveLength(2);
    expect(read(test.file)).toContain((test.title ?? test.name).replaceAll('\'', '\\\''));
  });

  it('stand in docs/promises.md', () => {
    expect(read('docs/promises.md')).toContain(mechanismTable());
  });
});
