/**
 * `npm run mutations`: takes each mechanism of tests/mutations/mechanisms.ts away, one after the other, in a copy of the portal, and runs its
 * test, which has to fail. Prints a table in Markdown. By hand; `-- P-RAW-7` for one promise. Takes some minutes.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MECHANISMS, type Mechanism } from '@/tests/mutations/mechanisms';
import { repositoryRoot } from './lib/repository-root';

const TIME_LIMIT_MS = 5 * 60_000;

/** The sources without what is made from them; packages are linked, so that nothing is installed. */
function copyPortal(to: string): void {
  const files = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: repositoryRoot, encoding: 'utf8' }).stdout.split('\0').filter(Boolean);
  for (const file of [...files, 'prisma/generated']) {
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    cpSync(path.join(repositoryRoot, file), path.join(to, file), { recursive: true });
  }
  symlinkSync(path.join(repositoryRoot, 'node_modules'), path.join(to, 'node_modules'));
}

function runTest(root: string, { test: { project, file, name } }: Mechanism): boolean {
  const pattern = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, file, '-t', pattern, '--passWithNoTests=false'];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore', timeout: TIME_LIMIT_MS }).status === 0;
}

/** True where the test passes with the mechanism and fails without it. */
function isNoticed(root: string, mechanism: Mechanism): { readonly with: boolean; readonly without: boolean } {
  const file = path.join(root, mechanism.file);
  const text = readFileSync(file, 'utf8');
  const before = runTest(root, mechanism);
  try {
    writeFileSync(file, text.replace(mechanism.find, () => mechanism.without));
    return { with: before, without: runTest(root, mechanism) };
  } finally {
    writeFileSync(file, text);
  }
}

const only = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'airlock-mutations-'));
let unnoticed = 0;
try {
  copyPortal(folder);
  console.log('| promise | taken away | its test with it | without it |\n|---|---|---|---|');
  for (const mechanism of MECHANISMS.filter(({ promise }) => only.length === 0 || only.includes(promise))) {
    const result = isNoticed(folder, mechanism);
    if (!result.with || result.without) unnoticed += 1;
    console.log(`| ${mechanism.promise} | ${mechanism.keeps} | ${result.with ? 'passes' : 'FAILS'} | ${result.without ? 'PASSES' : 'fails'} |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${unnoticed === 0 ? 'Every mechanism' : `All but ${unnoticed}`} is held by its test.`);
process.exitCode = unnoticed === 0 ? 0 : 1;
