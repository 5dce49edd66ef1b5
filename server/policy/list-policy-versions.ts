import { getDb } from '../db';

export type PolicyVersionItem = {
  readonly version: string;
  readonly title: string;
  readonly sha256: string;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
};

/** Every version that was published by `now`, the one in force first. Public: no actor. */
export async function listPolicyVersions({ now }: { now: Date }): Promise<readonly PolicyVersionItem[]> {
  const rows = await getDb().policyVersion.findMany({
    where: { publishedAt: { lte: now } },
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    select: { version: true, title: true, sha256: true, publishedAt: true },
  });
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() }));
}
