import { describe, expect, it } from 'vitest';
import { diffLines } from './line-diff';

const marks = (before: string, after: string) => diffLines(before, after).map(({ kind, text }) => `${kind === 'same' ? ' ' : kind === 'added' ? '+' : '-'}${text}`);

describe('the difference of two versions', () => {
  it('names what went and what came, in the order of reading', () => {
    expect(marks('a\nb\nc', 'a\nx\nc\nd')).toEqual([' a', '-b', '+x', ' c', '+d']);
  });

  it('is nothing for the same text, and everything for another', () => {
    expect(diffLines('a\nb', 'a\nb').every(({ kind }) => kind === 'same')).toBe(true);
    expect(marks('a', 'b')).toEqual(['-a', '+b']);
  });

  it('gives both texts back', () => {
    const [before, after] = ['one\ntwo\n\nfour', 'zero\none\n\nfour\nfive'];
    const lines = diffLines(before, after);
    expect(lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text).join('\n')).toBe(before);
    expect(lines.filter(({ kind }) => kind !== 'removed').map(({ text }) => text).join('\n')).toBe(after);
  });
});
