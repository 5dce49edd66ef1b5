import { describe, expect, it } from 'vitest';
import { MAX_OUTPUT_BYTES, readableText, writeOutputInput } from './manual-output';

const fileId = '0190a5b2-7c1d-7e3f-8a4b-5c6d7e8f9a0b';
const parse = (body: string) => writeOutputInput.safeParse({ fileId, title: 'What fills the heap', body });

describe('a result', () => {
  it('keeps its lines and shows what steers a terminal or the reading direction as what it is', () => {
    expect(readableText('a\r\nb\rc\td\u0000\u001b[31m\u202e\u2028e\n\n')).toBe('a\nb\nc\td\uFFFD\uFFFD[31m\uFFFD\uFFFDe');
    expect(readableText('न\u200dमस्ते 🔥')).toBe('न\u200dमस्ते 🔥');
  });

  it('is a megabyte at most, counted in bytes, and not empty', () => {
    expect(parse('x'.repeat(MAX_OUTPUT_BYTES)).success).toBe(true);
    expect(parse('x'.repeat(MAX_OUTPUT_BYTES + 1)).success).toBe(false);
    expect(parse('é'.repeat(MAX_OUTPUT_BYTES / 2 + 1)).success).toBe(false);
    expect(parse(' \n ').success).toBe(false);
  });
});
