import { describe, expect, it } from 'vitest';
import { makeCaseReference, parseCaseReference, REFERENCE_PATTERN } from './case-reference';

const sample = makeCaseReference(new Uint8Array([7, 3, 20, 11, 22, 2, 28]));

describe('case reference', () => {
  it('has the form that is printed everywhere', () => {
    expect(sample).toMatch(REFERENCE_PATTERN);
    expect(parseCaseReference(sample)).toBe(sample);
  });

  it('is read as people type it', () => {
    expect(parseCaseReference(` ${sample.toLowerCase().replaceAll('-', ' ')} `)).toBe(sample);
    const withZero = makeCaseReference(new Uint8Array([0, 1, 0, 1, 0, 1, 0]));
    expect(parseCaseReference(withZero.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(withZero);
  });

  it('shows any single wrong character', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    for (const position of [3, 4, 5, 6, 8, 9, 10, 11]) {
      for (const wrong of alphabet) {
        if (wrong === sample[position]) continue;
        expect(parseCaseReference(sample.slice(0, position) + wrong + sample.slice(position + 1))).toBeNull();
      }
    }
  });

  it('refuses what is no reference', () => {
    for (const input of ['', 'AL', 'AL-1234', 'XX-7K3M-Q2ZD', `${sample}0`, 'AL-7K3M-Q2Z\u0000', 'A'.repeat(10_000), '../etc']) expect(parseCaseReference(input)).toBeNull();
  });
});
