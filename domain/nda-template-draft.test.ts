import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { composeNdaSource, hiddenCharacters, MAX_NDA_LINES, MAX_NDA_TEXT, ndaDraftText, nextNdaVersion } from './nda-template-draft';

const schema = z.strictObject(ndaDraftText);
const draft = (body: string, more: object = {}) => schema.safeParse({ title: 'An agreement', summary: 'For both.', body, ...more });
const sentences = (body: string) => draft(body).error?.issues.map(({ message }) => message) ?? [];

describe('the text of a draft', () => {
  it('is kept with plain line ends and without white space that nobody sees', () => {
    expect(draft('  1.1 Both  \r\nkeep\tit.\r\r\n\n').data?.body).toBe('1.1 Both\nkeep    it.\n');
    expect(draft('Zoe\u0308').data?.body).toBe('Zoë\n');
    expect(draft('x', { requiresNewSignature: 'yes' }).success).toBe(false);
  });

  it('is refused with what is hidden in it, by line and number', () => {
    expect(sentences('1.1 Fine.\n1.2 Pay \u202e001\u202c euros.\u200b')).toEqual([expect.stringContaining('Line 2 holds U+202E, U+202C, U+200B')]);
    for (const hidden of ['\0', '\u0007', '\ufeff', '\u2028', '\u2066', '\ue000', '\ud800', '\u{e0041}']) expect(sentences(`a${hidden}b`), hidden).toHaveLength(1);
    expect(hiddenCharacters('\u202e\n'.repeat(50))).toHaveLength(10);
  });

  it('is refused where it is too long, in characters or in lines', () => {
    const long = (characters: number) => `${'x'.repeat(999)}\n`.repeat(characters / 1000);
    expect(sentences(`${long(MAX_NDA_TEXT)}x`)).toEqual([`Shorten the text to ${MAX_NDA_TEXT} characters.`]);
    expect(sentences('\u0301'.repeat(8001))).toEqual(['Shorten each line to 8000 characters.']);
    expect(sentences(long(5 * MAX_NDA_TEXT))).toEqual([`Shorten the text to ${MAX_NDA_TEXT} characters.`]);
    expect(sentences('x\n'.repeat(MAX_NDA_LINES))).toEqual([`Shorten the text to ${MAX_NDA_LINES} lines.`]);
    expect(draft(long(MAX_NDA_TEXT)).success).toBe(true);
  });
});

describe('the next version', () => {
  it('counts up, and begins a new first number where it asks for a new signature', () => {
    expect(nextNdaVersion(['1.0'], false)).toBe('1.1');
    expect(nextNdaVersion(['1.0', '1.9', '1.10'], false)).toBe('1.11');
    expect(nextNdaVersion(['2.0', '1.7'], false)).toBe('2.1');
    expect(nextNdaVersion(['2.3', '1.7'], true)).toBe('3.0');
    expect(nextNdaVersion([], false)).toBe('1.0');
  });

  it('is written as a content file has it', () => {
    expect(composeNdaSource({ version: '1.1', title: 'The "new" one: for both', summary: 'Short.', requiresNewSignature: true, publishedAt: new Date('2026-11-27T23:59:59Z'), body: '1.1 Both.\n' })).toBe(
      '---\ntitle: "The "new" one: for both"\nversion: "1.1"\npublished: 2026-11-27\nsummary: "Short."\nrequiresNewSignature: true\n---\n\n1.1 Both.\n',
    );
  });
});
