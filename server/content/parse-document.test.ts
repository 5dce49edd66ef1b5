import { describe, expect, it } from 'vitest';
import { compareVersions } from './load-document';
import { guideFrontMatter, hashSource, ndaFrontMatter, parseDocument, policyFrontMatter } from './parse-document';

const text = '---\ntitle: A title: with a colon\nversion: "1.0"\npublished: 2026-11-27\nsummary: One sentence.\n---\n\nBody.\n\n---\n\nAfter a rule.\n';

describe('parseDocument', () => {
  it('reads the front matter and leaves the rest as it is', () => {
    const parsed = parseDocument(text, policyFrontMatter);
    expect(parsed.meta).toEqual({ title: 'A title: with a colon', version: '1.0', published: '2026-11-27', summary: 'One sentence.' });
    expect(parsed.publishedAt.toISOString()).toBe('2026-11-27T00:00:00.000Z');
    expect(parsed.body).toBe('\nBody.\n\n---\n\nAfter a rule.\n');
    expect(parsed.source).toBe(text);
  });

  it('gives the same hash whatever line ends the checkout has', () => {
    const windows = parseDocument(text.replace(/\n/g, '\r\n'), policyFrontMatter);
    expect(windows.sha256).toBe(hashSource(text));
    expect(windows.source).toBe(text);
    expect(hashSource('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it.each([
    ['no front matter', 'Just text.'],
    ['a front matter that does not end', '---\ntitle: x\n\nBody'],
    ['a missing key', text.replace(/summary.*\n/, '')],
    ['an unknown key', text.replace('summary', 'author: x\nsummary')],
    ['a key twice', text.replace('summary', 'title: x\nsummary')],
    ['a date that is none', text.replace('2026-11-27', '2026-02-30')],
    ['a version of another form', text.replace('1.0', 'v1')],
    ['a line without a colon', text.replace('summary', 'nonsense\nsummary')],
  ])('refuses %s', (_what, broken) => {
    expect(() => parseDocument(broken, policyFrontMatter)).toThrow();
  });

  it('asks a template whether it needs a new signature, and a guide for its place', () => {
    const withKey = (line: string) => text.replace('summary', `${line}\nsummary`);
    expect(parseDocument(withKey('requiresNewSignature: true'), ndaFrontMatter).meta.requiresNewSignature).toBe(true);
    expect(() => parseDocument(withKey('requiresNewSignature: maybe'), ndaFrontMatter)).toThrow();
    expect(parseDocument(withKey('order: 3'), guideFrontMatter).meta.order).toBe(3);
    expect(() => parseDocument(withKey('order: 1.5'), guideFrontMatter)).toThrow();
  });
});

describe('compareVersions', () => {
  it('orders by number, not by letter', () => {
    expect(['1.10', '2.0', '1.2'].sort(compareVersions)).toEqual(['1.2', '1.10', '2.0']);
  });
});
