import { type Actor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';
import { findPolicyInForce } from './policy-in-force';
import { ChangedVersionError, firstTakesForceAtOnce, type VersionSource } from './version-source';

/** Two processes may start at once; the second waits and then finds everything published. */
const PUBLISH_LOCK = 7_325_002;

/**
 * Publishes the policy versions of the content files that are not published yet, oldest first, and gives their versions.
 * A published version never changes: one whose text differs from the row is refused with ChangedVersionError, and nothing
 * is published.
 */
export async function publishPolicyVersions({ actor, now, policies }: { actor: Actor; now: Date; policies: readonly VersionSource[] }): Promise<readonly string[]> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${PUBLISH_LOCK})`;
    const rows = await tx.policyVersion.findMany({ select: { version: true, sha256: true } });
    const hashes = new Map(rows.map(({ version, sha256 }) => [version, sha256]));
    for (const policy of policies) {
      const known = hashes.get(policy.version);
      if (known !== undefined && known !== policy.sha256) throw new ChangedVersionError('policy', policy.version);
    }
    const fresh = policies.filter(({ version }) => !hashes.has(version));
    const hasInForce = (await findPolicyInForce(tx, now)) !== null;
    const dated = hasInForce ? fresh : firstTakesForceAtOnce(fresh, now);
    for (const { version, title, summary, sha256, source, publishedAt } of dated) {
      await tx.policyVersion.create({ data: { version, title, summary, sha256, bodyMarkdown: source, publishedAt } });
    }
    for (const { version, sha256 } of dated) await appendAuditEvent(tx, now, { type: 'policy.published', actor, data: { version, sha256 } });
    return dated.map(({ version }) => version);
  });
}
