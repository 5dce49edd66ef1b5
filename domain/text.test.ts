import { describe, expect, it, vi } from 'vitest';
import { fileName } from './file-name';
import { emailAddress, lineOfText, paragraphOfText } from './text';

const title = lineOfText(10, 'a title');
const story = paragraphOfText(50, 'what happened');

describe('typed text', () => {
  it('is trimmed and brought to one form', () => {
    expect(title.parse('  Zoe\u0308 ')).toBe('Zoë');
    expect(story.parse('one\r\ntwo\rthree')).toBe('one\ntwo\nthree');
  });

  it('counts characters, not code units', () => {
    expect(title.safeParse('😀'.repeat(10)).success).toBe(true);
    expect(title.safeParse('😀'.repeat(11)).success).toBe(false);
  });

  it.each(['a\nb', 'a\u0000', 'a\u202Eb', 'a\u200Bb', '\uD800'])('refuses %j in one line', (value) => {
    expect(title.safeParse(value).success).toBe(false);
  });

  it('lets lines and tabs through in a paragraph, and nothing that hides', () => {
    expect(story.safeParse('a\n\tb').success).toBe(true);
    expect(story.safeParse('a\u202Eb').success).toBe(false);
  });

  it('says what to do', () => {
    expect(title.safeParse('').error?.issues[0]?.message).toBe('Enter a title.');
    expect(title.safeParse(undefined).error?.issues[0]?.message).toBe('Enter a title.');
  });
});

describe('an e-mail address', () => {
  it('is lower-cased', () => expect(emailAddress.parse(' Ada@Example.COM ')).toBe('ada@example.com'));
  it.each(['a', 'a@b', 'a@example.com\nBcc: x@example.com', 'a@example.com, b@example.com', `${'a'.repeat(250)}@example.com`])('refuses %j', (value) => {
    expect(emailAddress.safeParse(value).success).toBe(false);
  });
});

describe('marks that combine, more of them than any text has', () => {
  const marks = '\u0301'.repeat(5000) + '\u0323'.repeat(5000);

  it.each([
    ['a line', title, 'Shorten a title to 10 characters.'],
    ['a paragraph', story, 'Shorten what happened to 50 characters.'],
    ['an address', emailAddress, 'Shorten the e-mail address to 254 characters.'],
    ['a file name', fileName, 'Shorten the file name to 255 characters.'],
  ])('are refused in %s before they are put in order, which takes time with their square', (_what, schema, sentence) => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    const { error } = schema.safeParse(marks);
    expect(normalize).not.toHaveBeenCalled();
    normalize.mockRestore();
    expect(error?.issues.map(({ message }) => message)).toEqual([sentence]);
  });
});
