import { defineConfig } from 'prisma/config';

// These verbs need no schema engine, but look for one and would download it. Any existing file satisfies the look-up.
// `migrate deploy` is left alone: it needs the real engine.
const OFFLINE_VERBS = new Set(['generate', 'validate', 'format']);
if (process.argv.some((argument) => OFFLINE_VERBS.has(argument))) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
