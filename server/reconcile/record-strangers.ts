import { type SystemActor } from '@/domain/actor';
import { referenceOfKey, storedKey } from '@/domain/object-key';
import { dueDate } from '@/domain/retention';
import { appendAuditEvent } from '../audit/append-audit-event';
import { type Prisma, type Tx } from '../db';
import { getRetentionPeriods } from '../retention/retention-periods';
import { type Stranger } from './compare-page';
import { type Look } from './storage-look';

const RECONCILER: SystemActor = { kind: 'system', name: 'reconcile' };

/** Objects that are unannounced: two looks saw them, and they are there still. */
export const UNANNOUNCED = (db: Pick<Tx, 'unannouncedObject'>): Prisma.UnannouncedObjectWhereInput => ({ erasedAt: null, lastSeenAt: { gt: db.unannouncedObject.fields.firstSeenAt } });

/**
 * Writes down what a page shows that nobody announced. It counts once a look that began later sees it too; the raw clock runs from
 * the first. What one look sees of a key on several pages is added up. Keys that were announced meanwhile are not accused any more.
 * @returns how many became unannounced by this page
 */
export async function recordStrangers(tx: Tx, { look, now, strangers, announced }: { readonly look: Look; readonly now: Date; readonly strangers: readonly Stranger[]; readonly announced: ReadonlySet<string> }): Promise<number> {
  if (announced.size > 0) await tx.unannouncedObject.deleteMany({ where: { erasedAt: null, objectKey: { in: [...announced].map(storedKey) } } });
  if (strangers.length === 0) return 0;
  const seenAt = look.startedAt;
  const dueAt = dueDate(seenAt, (await getRetentionPeriods(tx)).raw_file);
  const keys = strangers.map(({ key }) => storedKey(key));
  const confirmed = await tx.unannouncedObject.count({ where: { objectKey: { in: keys }, firstSeenAt: { lt: seenAt }, lastSeenAt: { equals: tx.unannouncedObject.fields.firstSeenAt } } });
  const rows = strangers.map(({ key, sizeBytes, versionCount }) => ({ key: storedKey(key), reference: referenceOfKey(key), bytes: sizeBytes, versions: versionCount }));
  await tx.$executeRaw`
    insert into "UnannouncedObject" as old (id, "objectKey", "caseReference", "sizeBytes", "versionCount", "firstSeenAt", "lastSeenAt", "dueAt")
    select gen_random_uuid(), key, reference, bytes, versions, ${seenAt}::timestamptz, ${seenAt}::timestamptz, ${dueAt}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as seen(key text, reference text, bytes bigint, versions int)
    on conflict ("objectKey") do update set
      "sizeBytes" = excluded."sizeBytes" + case when old."lastSeenAt" = excluded."lastSeenAt" then old."sizeBytes" else 0 end,
      "versionCount" = excluded."versionCount" + case when old."lastSeenAt" = excluded."lastSeenAt" then old."versionCount" else 0 end,
      "lastSeenAt" = excluded."lastSeenAt"`;
  if (confirmed > 0) await appendAuditEvent(tx, now, { type: 'storage.unannounced_found', actor: RECONCILER, data: { objects: confirmed } });
  return confirmed;
}
