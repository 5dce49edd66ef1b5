import { describe, expect, it } from 'vitest';
import { compareUtf8, KeyIndex } from './key-index';
import { type DeleteMarker, newVersionId, sequenceOf } from './object-version';

const marker = (key: string, sequence: number, versionId = newVersionId(sequence)): DeleteMarker => ({ key, versionId, sequence, lastModified: '2026-01-01T00:00:00.000Z', deleteMarker: true });

describe('the order of keys', () => {
  it('is that of their UTF-8 bytes', () => {
    const keys = ['', 'a', 'a/', 'a/b', 'aa', 'b', 'Z', '\u0000', 'é', '\uFFFD', '\u{1F600}', '\u{10FFFF}', '\uE000', 'a\u{1F600}', 'a\uFF00'];
    const byBytes = [...keys].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    expect([...keys].sort(compareUtf8)).toEqual(byBytes);
  });
});

describe('the index of a bucket', () => {
  it('keeps keys in order and versions newest first', () => {
    const index = new KeyIndex();
    for (const [key, sequence] of [['b', 1], ['a', 2], ['b', 4], ['b', 3]] as const) index.put(marker(key, sequence));
    expect(index.keys()).toEqual(['a', 'b']);
    expect(index.versionsOf('b').map(({ sequence }) => sequence)).toEqual([4, 3, 1]);
    expect(index.current('b')!.sequence).toBe(4);
  });

  it('replaces a version of the same id and forgets a key with its last version', () => {
    const index = new KeyIndex();
    index.put(marker('a', 1, 'null'));
    index.put(marker('a', 2, 'null'));
    expect(index.versionsOf('a')).toHaveLength(1);
    index.remove('a', 'no such version');
    expect(index.isEmpty).toBe(false);
    index.remove('a', 'null');
    expect([index.isEmpty, index.keys()]).toEqual([true, []]);
  });

  it('tells the sequence from a version id', () => {
    expect(sequenceOf(newVersionId(4711))).toBe(4711);
    expect(sequenceOf('null')).toBeUndefined();
  });
});
