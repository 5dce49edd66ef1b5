import { describe, expect, it } from 'vitest';
import { likeText } from './like-pattern';
import { caseSearch, referencePart } from './search-where';

describe('a search', () => {
  it('means what was typed, wildcards too', () => expect(likeText('100%_\\x')).toBe('100\\%\\_\\\\x'));

  it('for nothing matches everything', () => expect(caseSearch('')).toEqual({}));

  it.each([
    ['7k3m', '7K3M'],
    ['al-7k3m-q', '7K3M-Q'],
    ['AL 7K3MQ2', '7K3M-Q2'],
    ['o1', '01'],
  ])('finds a part of a reference: %s', (typed, part) => expect(referencePart(typed)).toBe(part));

  it.each(['x', 'AL', 'heap dump', 'u2', '7K3MQ2ZD0', '%%', ''])('does not take %j for one', (typed) => expect(referencePart(typed)).toBeNull());
});
