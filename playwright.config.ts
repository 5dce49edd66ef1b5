import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/lib/find-browser';

/** `npm run e2e` starts a portal of its own and runs this against it; E2E_BASE_URL names another one. */
const reportFile = process.env.E2E_REPORT_FILE;
const PAGES = /\/pages\.spec\.ts$/;
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  outputDir: process.env.E2E_RESULTS ?? 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: reportFile ? [['list'], ['json', { outputFile: reportFile }]] : [['list']],
  use: {
    baseURL: process.env.E2E_BASE_URL,
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    // A trace costs a test an eighth of its time: E2E_TRACE=on asks for one where a test fails.
    trace: process.env.E2E_TRACE ? { mode: 'retain-on-first-failure', sources: false } : 'off',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        // Chromium refuses to sandbox itself as root.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-gpu',
        '--disable-dev-shm-usage',
      ],
    },
  },
  // Two halves of like length, which `npm test` runs side by side, each against a portal of its own.
  // Whatever was run, the canaries are looked for at its end.
  projects: [
    { name: 'journeys', testIgnore: PAGES, teardown: 'canaries', use: { browserName: 'chromium' } },
    { name: 'pages', testMatch: PAGES, teardown: 'canaries', use: { browserName: 'chromium' } },
    { name: 'canaries', testMatch: /\.teardown\.ts$/ },
  ],
});
