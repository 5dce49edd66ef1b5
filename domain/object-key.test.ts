import { describe, expect, it } from 'vitest';
import { fileOfKey, keyOfStored, ledgerBound, referenceOfKey, shownKey, storedKey } from './object-key';

const ID = '01970000-0000-7000-8000-000000000001';

describe('the key of an object', () => {
  it('names a file only in the form in which the portal writes keys', () => {
    expect(fileOfKey(`AL-7K3M-Q2ZD/${ID}/heap.gz.0001`)).toEqual({ reference: 'AL-7K3M-Q2ZD', fileId: ID, prefix: `AL-7K3M-Q2ZD/${ID}/` });
    for (const other of [`AL-7K3M-Q2ZD/${ID}`, `al-7k3m-q2zd/${ID}/x`, `/AL-7K3M-Q2ZD/${ID}/x`, `AL-7K3M-Q2ZD/${ID.toUpperCase()}F/x`, 'AL-7K3M-Q2ZD/../x', '']) expect(fileOfKey(other)).toBeNull();
  });

  it('names a case by its first part', () => {
    expect(referenceOfKey('AL-7K3M-Q2ZD/anything')).toBe('AL-7K3M-Q2ZD');
    expect(referenceOfKey('AL-7K3M-Q2ZDX/anything')).toBeNull();
  });

  it('comes back from the database as it was, NUL and backslashes included', () => {
    const keys = ['plain', 'a\0b', 'a\\0b', '\\', '\\\\0', '\0\0', 'a\\\0b', '😀/é'];
    for (const key of keys) expect(keyOfStored(storedKey(key))).toBe(key);
    expect(new Set(keys.map(storedKey)).size).toBe(keys.length);
    expect(keys.map(storedKey).join('')).not.toContain('\0');
  });

  it('is shown without characters that mislead', () => {
    expect(shownKey('dump\u202Egpj.exe\n\0\u200b\u2028')).toBe('dump⟨U+202E⟩gpj.exe⟨U+000A⟩⟨U+0000⟩⟨U+200B⟩⟨U+2028⟩');
    expect(shownKey('heap dump é.hprof')).toBe('heap dump é.hprof');
  });

  it('bounds keys of the ledger as the whole key would', () => {
    const bounds = ['AL-A/x\0', 'AL-A/x\0zzz', '\0', 'AL-A/x'];
    for (const bound of bounds) for (const key of ['AL-A/w', 'AL-A/x', 'AL-A/x-', 'AL-A/y']) expect(key > ledgerBound(bound)).toBe(key > bound);
  });
});
