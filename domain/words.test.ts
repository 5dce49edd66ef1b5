import { expect, it } from 'vitest';
import { count, groupDigits, lowerFirst, upperFirst } from './words';

it('groups the digits of large numbers, also of those that no number holds', () => {
  expect([groupDigits(0), groupDigits(999), groupDigits(1000), groupDigits('9007199254740993')]).toEqual(['0', '999', '1,000', '9,007,199,254,740,993']);
});

it('counts one thing in the singular', () => {
  expect([0, 1, 2, 12_345].map((number) => count(number, 'copy', 'copies'))).toEqual(['0 copies', '1 copy', '2 copies', '12,345 copies']);
});

it('changes the first letter alone', () => {
  expect([lowerFirst('Heap Dump'), upperFirst('heap dump'), upperFirst('')]).toEqual(['heap Dump', 'Heap dump', '']);
});
