import { describe, expect, it } from 'vitest';
import { isWholeKey, keyHint, makeKeySecret } from './key-format';

describe('an upload key', () => {
  it('has a form that scanners can look for, and is another one each time', () => {
    const keys = Array.from({ length: 200 }, makeKeySecret);
    for (const key of keys) expect(key).toMatch(/^alk_[0-9A-Za-z]{49}$/);
    expect(new Set(keys).size).toBe(200);
  });

  it('is known to be whole, and not where a character is wrong, missing or too many', () => {
    const key = makeKeySecret();
    expect(isWholeKey(key)).toBe(true);
    const other = key.at(20) === 'a' ? 'b' : 'a';
    for (const bad of ['', 'alk_', key.slice(0, -1), `${key}0`, key.replace('alk_', 'ALK_'), key.slice(0, 20) + other + key.slice(21), ` ${key}`]) expect(isWholeKey(bad)).toBe(false);
  });

  it('shows no more than its first characters', () => {
    expect(keyHint(makeKeySecret())).toMatch(/^alk_[0-9A-Za-z]{4}$/);
  });
});
