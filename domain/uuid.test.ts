import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { isUuid } from './uuid';

it('an id is a lower-case UUID and nothing around it', () => {
  const id = randomUUID();
  expect(isUuid(id)).toBe(true);
  for (const other of ['', 'x', id.toUpperCase(), `${id}\n`, ` ${id}`, `${id}0`, id.replaceAll('-', ''), '../etc/passwd']) expect([other, isUuid(other)]).toEqual([other, false]);
});
