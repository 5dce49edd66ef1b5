import js from '@eslint/js';
import nextPlugin from '@next/eslint-plugin-next';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom. Each room lists the rooms that it must NOT reach; a new room without a row here is caught by
 * tests/architecture.test.ts.
 */
const forbid = (files, patterns, ignores = []) => ({
  files,
  ignores: ['**/*.test.ts', '**/*.test.tsx', ...ignores],
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }] },
});
const NEXT = [['next', 'next/*', 'next-auth', 'next-auth/*'], 'Only app, components, server/auth and server/http know Next.'];
const PRISMA = [['**/prisma/generated/**', '@prisma/*', '@/prisma/**'], 'The database is reached through server/.'];
const room = (name) => [[`@/${name}/*`, `@/${name}`], `This room may not import ${name}/.`];

export default tseslint.config(
  { ignores: ['.next/**', '.data/**', '.test/**', 'prisma/generated/**', 'next-env.d.ts', 'node_modules/**', 'test-results/**', 'playwright-report/**', 'public/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { '@next/next': nextPlugin, 'import-x': importX },
    settings: { 'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.tsx', '.mjs', '.js'] })] },
    rules: {
      ...nextPlugin.configs.recommended.rules,
      'import-x/no-duplicates': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 260, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['app/**', 'components/**', 'domain/**', 'lib/**', 'server/**', 'worker/**'],
    ignores: ['server/env.ts', '**/*.test.ts'],
    rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'The environment is parsed once, in server/env.ts.' }] },
  },
  forbid(['domain/**'], [NEXT, PRISMA, ...['app', 'components', 'lib', 'server', 'worker', 'scripts'].map(room), [['node:*', 'fs', 'crypto'], 'domain/ does no I/O.'], [['react', 'react-dom'], 'domain/ knows no framework.']]),
  forbid(['lib/**'], [NEXT, PRISMA, ...['app', 'components', 'server', 'worker', 'scripts'].map(room)]),
  forbid(['components/**'], [PRISMA, ...['app', 'server', 'worker', 'scripts'].map(room)]),
  forbid(['server/**'], [NEXT, ...['app', 'components', 'worker', 'scripts'].map(room)], ['server/auth/**', 'server/http/**']),
  forbid(['server/auth/**', 'server/http/**'], ['app', 'components', 'worker', 'scripts'].map(room)),
  forbid(['worker/**'], [NEXT, PRISMA, ...['app', 'components', 'lib', 'scripts'].map(room)]),
  forbid(['app/**'], [PRISMA, room('worker'), room('scripts')]),
  { files: ['scripts/**', 'embedded-s3/**', 'bench/**', 'worker/main.ts'], rules: { 'no-console': 'off' } },
);
