import { describe, expect, it } from 'vitest';
import { deskKeyOf, nextRow, type PressedKey } from './key-map';

const press = (key: string, change: Partial<PressedKey> = {}): PressedKey => ({ key, ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, isComposing: false, target: { tagName: 'BODY' }, ...change });

describe('the keys of the desk', () => {
  it.each([['/', 'search'], ['j', 'next'], ['k', 'previous'], ['?', 'help']])('%s means %s', (key, action) => expect(deskKeyOf(press(key), '')).toBe(action));

  it('have two that follow g', () => {
    expect(deskKeyOf(press('c'), 'g')).toBe('cases');
    expect(deskKeyOf(press('f'), 'g')).toBe('files');
    expect(deskKeyOf(press('c'), 'x')).toBeNull();
  });

  it.each(['INPUT', 'TEXTAREA', 'SELECT'])('leave who types in %s alone, but for Escape', (tagName) => {
    expect(deskKeyOf(press('j', { target: { tagName } }), '')).toBeNull();
    expect(deskKeyOf(press('Escape', { target: { tagName } }), '')).toBe('leave');
  });

  it.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { defaultPrevented: true }, { isComposing: true }, { target: { tagName: 'DIV', isContentEditable: true } }])('do nothing with %j', (change) => {
    expect(deskKeyOf(press('k', change), '')).toBeNull();
  });

  it('do not take a key for what an object has anyway', () => expect(deskKeyOf(press('toString'), 'g')).toBeNull());

  it('stay within the rows', () => {
    expect([nextRow(-1, 3, 1), nextRow(-1, 3, -1), nextRow(0, 3, -1), nextRow(2, 3, 1), nextRow(1, 3, 1), nextRow(-1, 0, 1)]).toEqual([0, 2, 0, 2, 2, -1]);
  });
});
