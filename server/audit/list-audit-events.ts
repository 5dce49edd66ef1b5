import { type Actor } from '@/domain/actor';
import { type TimelineEntry } from '@/domain/desk-case';
import { eventColumns, toTimeline } from './timeline-entries';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';

export const AUDIT_PAGE_SIZE = 100;

export type AuditEventItem = TimelineEntry & { readonly hash: string; readonly caseReference: string | null };
export type AuditEventList = { readonly items: readonly AuditEventItem[]; /** Sequence number to go on before, or null at the beginning of the log. */ readonly before: string | null };

/**
 * Events, the latest first, 100 at a time; `before` is a sequence number (exclusive), or null for the end of the log. Needs
 * `audit:read`; everybody else: `not_found`.
 */
export async function listAuditEvents({ actor, before }: { actor: Actor; before: bigint | null }): Promise<AuditEventList> {
  requirePermission(actor, 'audit:read');
  const db = getDb();
  const rows = await db.auditEvent.findMany({
    where: before === null ? {} : { seq: { lt: before } },
    orderBy: { seq: 'desc' },
    take: AUDIT_PAGE_SIZE + 1,
    select: { ...eventColumns, hash: true, caseId: true },
  });
  const shown = rows.slice(0, AUDIT_PAGE_SIZE);
  const caseIds = [...new Set(shown.flatMap(({ caseId }) => (caseId ? [caseId] : [])))];
  const [entries, cases] = await Promise.all([toTimeline(shown), db.case.findMany({ where: { id: { in: caseIds } }, select: { id: true, reference: true } })]);
  const references = new Map(cases.map(({ id, reference }) => [id, reference]));
  const items = entries.map(({ fileId: _fileId, ...entry }, at) => ({ ...entry, hash: shown[at]?.hash ?? '', caseReference: references.get(shown[at]?.caseId ?? '') ?? null }));
  return { items, before: rows.length > AUDIT_PAGE_SIZE ? (shown.at(-1)?.seq.toString() ?? null) : null };
}
