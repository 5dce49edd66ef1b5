import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { StartError } from './start-error';

export const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  DEBIAN_CHROMIUM,
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of the Chromium for the browser tests: the one that Playwright downloaded, or else the system's. Undefined where none runs. */
export function findBrowser(candidates: readonly string[] = [chromium.executablePath(), ...SYSTEM_BROWSERS]): string | undefined {
  return candidates.find((path) => path !== '' && existsSync(path) && runs(path));
}

/** Finds a browser, installing one where there is none. `say` is told what happens. Throws `StartError` saying what to do. */
export function ensureBrowser(root: string, say: (sentence: string) => void): string {
  const found = findBrowser();
  if (found) return found;
  say('No Chromium was found; installing the one that Playwright brings.');
  run(process.execPath, [`${root}/node_modules/@playwright/test/cli.js`, 'install', 'chromium']);
  const downloaded = findBrowser();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('That did not help; installing the distribution\'s.');
    run('apt-get', ['update']);
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation']);
  }
  const installed = findBrowser();
  if (installed) return installed;
  throw new StartError('The browser tests need Chromium, and none could be installed: run "npx playwright install --with-deps chromium", or install the package "chromium" of your system as root, and start the tests again.');
}

/** A browser whose libraries are missing says so at once when asked for its version. */
function runs(path: string): boolean {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

function run(command: string, args: string[]): void {
  spawnSync(command, args, { stdio: 'inherit', timeout: 10 * 60_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}
