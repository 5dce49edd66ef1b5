import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { composeReadme } from '@/scripts/lib/compose-readme';

const readme = readFileSync(path.resolve(import.meta.dirname, '../README.md'), 'utf8');

it('has the table of the environment and the diagram of states that the code has (mend with: npm run readme)', () => {
  expect(composeReadme(readme)).toBe(readme);
});

it('names the command that the continuous integration runs', () => {
  const ci = readFileSync(path.resolve(import.meta.dirname, '../.ci/run'), 'utf8');
  expect(readme).toContain('npm ci && npm test');
  const commands = ci.split('\n').filter((line) => !line.startsWith('#') && /\bnpm\b/.test(line) && !line.includes('echo'));
  expect(commands).toEqual(['if ! npm ci; then', 'exec npm test']);
});
