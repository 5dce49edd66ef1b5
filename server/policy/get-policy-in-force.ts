import { getDb } from '../db';

/** A version of the policy. `source` is the Markdown whose SHA-256 is `sha256`; the time is ISO 8601 in UTC. */
export type PolicyView = {
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  readonly sha256: string;
  readonly source: string;
  readonly publishedAt: string;
};

/** The policy version in force at `now`: the newest that is published. Null before the first. Public: no actor. */
export async function getPolicyInForce({ now }: { now: Date }): Promise<PolicyView | null> {
  const row = await getDb().policyVersion.findFirst({
    where: { publishedAt: { lte: now } },
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    select: { version: true, title: true, summary: true, sha256: true, bodyMarkdown: true, publishedAt: true },
  });
  if (!row) return null;
  return { version: row.version, title: row.title, summary: row.summary, sha256: row.sha256, source: row.bodyMarkdown, publishedAt: row.publishedAt.toISOString() };
}
