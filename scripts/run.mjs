/**
 * The door of `npm start` and `npm test`: plain JavaScript without dependencies, so that it can say what is missing before anything
 * that might be missing is loaded. Runs `scripts/<name>.ts` in this very process, which npm's signals then reach.
 */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const OLDEST = [20, 19];

const root = fileURLToPath(new URL('..', import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const name = process.argv[2] ?? '';

if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  refuse(`Node.js ${process.versions.node} is too old: install ${OLDEST.join('.')} or newer (22 and 24 do as well).`);
} else if (!existsSync(`${root}node_modules/tsx`) || !existsSync(`${root}node_modules/next`)) {
  refuse('The packages are not installed: run "npm ci" in this folder first.');
} else if (!existsSync(`${root}prisma/generated/client.ts`)) {
  refuse('The database client is not generated: run "npx prisma generate" in this folder ("npm ci" does so unless it runs with --ignore-scripts).');
} else {
  process.chdir(root);
  const { register } = await import('tsx/esm/api');
  register();
  process.argv.splice(1, 2, `${root}scripts/${name}.ts`);
  await import(new URL(`${name}.ts`, import.meta.url).href);
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
