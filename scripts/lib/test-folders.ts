import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeDataFolder } from './postgres-home';
import { isAlive } from './processes';

/** Removes what test runs that are over left in `<root>/.test`, because they were killed: their data, and their cluster outside. */
export function removeDeadRuns(root: string): void {
  const parent = join(root, '.test');
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    const run = /^(?:run|scratch|e2e)-(\d+)/.exec(name);
    if (run && !isAlive(Number(run[1]))) removeDataFolder(join(parent, name));
  }
}
