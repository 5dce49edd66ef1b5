import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { composeReadme } from './lib/compose-readme';

const file = path.resolve(import.meta.dirname, '../README.md');
writeFileSync(file, composeReadme(readFileSync(file, 'utf8')));
