import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const alias = {
  '@': root.replace(/\/$/, ''),
  // `server-only` throws outside a React server; tests and the worker are plain Node.
  'server-only': `${root}tests/setup/empty-module.ts`,
};
const shared = { alias, environment: 'node' as const, setupFiles: ['tests/setup/fail-on-console-error.ts'] };

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: { ...shared, name: 'unit', include: ['**/*.test.ts', '**/*.test.tsx'], exclude: ['**/*.integration.test.ts', '**/node_modules/**', '.next/**', '.data/**', 'e2e/**'] },
      },
      {
        resolve: { alias },
        test: {
          ...shared,
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: ['**/node_modules/**', '.next/**', '.data/**', 'e2e/**'],
          globalSetup: ['tests/setup/integration.ts'],
          setupFiles: [...shared.setupFiles, 'tests/setup/integration-environment.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          // Otherwise each test file says which Node versions the AWS SDK will support one day.
          env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
        },
      },
    ],
  },
});
