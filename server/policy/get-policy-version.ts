import { AppError } from '@/domain/errors';
import { getDb } from '../db';
import { type PolicyView } from './get-policy-in-force';

/** One published version by its number, such as `1.0`, also one that is not in force any more. Unknown: `not_found`. Public: no actor. */
export async function getPolicyVersion({ version, now }: { version: string; now: Date }): Promise<PolicyView> {
  if (!/^\d{1,4}\.\d{1,4}$/.test(version)) throw new AppError('not_found');
  const row = await getDb().policyVersion.findFirst({
    where: { version, publishedAt: { lte: now } },
    select: { version: true, title: true, summary: true, sha256: true, bodyMarkdown: true, publishedAt: true },
  });
  if (!row) throw new AppError('not_found');
  return { version: row.version, title: row.title, summary: row.summary, sha256: row.sha256, source: row.bodyMarkdown, publishedAt: row.publishedAt.toISOString() };
}
