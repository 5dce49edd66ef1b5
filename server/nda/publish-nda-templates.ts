import { type Actor } from '@/domain/actor';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction, type Tx } from '../db';
import { ChangedVersionError, firstTakesForceAtOnce, type VersionSource } from '../policy/version-source';
import { findNdaTemplateInForce } from './nda-template-in-force';

export type NdaTemplateVersionSource = VersionSource & { readonly requiresNewSignature: boolean };

/** Two processes may start at once; the second waits and then finds everything published. */
const PUBLISH_LOCK = 7_325_003;

/** Whoever publishes a version has the versions for themselves until the transaction ends. */
export async function lockNdaVersions(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${PUBLISH_LOCK})`;
}

/**
 * Publishes the NDA templates of the content files that are not published yet, oldest first, and gives their versions.
 * A template whose text differs from the published row is refused with ChangedVersionError, and nothing is published. Once an
 * administrator published a version at the desk the text is theirs: files publish nothing any more.
 */
export async function publishNdaTemplates({ actor, now, templates }: { actor: Actor; now: Date; templates: readonly NdaTemplateVersionSource[] }): Promise<readonly string[]> {
  return inTransaction(async (tx) => {
    await lockNdaVersions(tx);
    const rows = await tx.ndaTemplate.findMany({ select: { version: true, sha256: true, publishedById: true } });
    const hashes = new Map(rows.filter(({ publishedById }) => publishedById === null).map(({ version, sha256 }) => [version, sha256]));
    for (const template of templates) {
      const known = hashes.get(template.version);
      if (known !== undefined && known !== template.sha256) throw new ChangedVersionError('nda', template.version);
    }
    if (hashes.size < rows.length) return [];
    const fresh = templates.filter(({ version }) => !hashes.has(version));
    const hasInForce = (await findNdaTemplateInForce(tx, now)) !== null;
    const dated = hasInForce ? fresh : firstTakesForceAtOnce(fresh, now);
    for (const { version, title, summary, sha256, source, publishedAt, requiresNewSignature } of dated) {
      await tx.ndaTemplate.create({ data: { version, title, summary, sha256, bodyMarkdown: source, publishedAt, requiresNewSignature } });
    }
    for (const { version, sha256 } of dated) await appendAuditEvent(tx, now, { type: 'nda_template.published', actor, data: { version, sha256 } });
    return dated.map(({ version }) => version);
  });
}
