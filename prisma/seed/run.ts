import { publishContent } from '@/server/content/publish-content';
import { closeDb } from '@/server/db';
import { getEnv, isDemo } from '@/server/env';
import { prepareQueue } from '@/server/jobs/prepare-queue';
import { seedDemo } from './demo';

/** Publishes the texts, and in demo mode writes the demo data. Safe to repeat. */
try {
  const now = new Date();
  const { DATABASE_URL } = getEnv();
  // What is seeded leaves jobs, and the worker that would make their tables starts later.
  if (DATABASE_URL) await prepareQueue(DATABASE_URL);
  await publishContent({ now });
  if (isDemo()) await seedDemo({ now });
} finally {
  await closeDb();
}
