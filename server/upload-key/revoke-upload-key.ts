import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { appendAuditEvent } from '../audit/append-audit-event';
import { caseScope } from '../case/case-scope';
import { inTransaction, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';

/**
 * Ends a key at once. A customer of the case's organization can, and support can where a customer calls. Quiet for a key that
 * works no more. Throws `not_found`.
 */
export async function revokeUploadKey({ actor, now, uploadKeyId }: { readonly actor: Actor; readonly now: Date; readonly uploadKeyId: string }): Promise<void> {
  requirePermission(actor, 'upload_key:revoke');
  await inTransaction(async (tx) => {
    const row = await tx.uploadKey.findFirst({ where: { id: uploadKeyId, case: caseScope(actor) }, select: { id: true, caseId: true, case: { select: { organizationId: true } } } });
    if (!row) throw new AppError('not_found');
    const { count } = await tx.uploadKey.updateMany({ where: { id: row.id, revokedAt: null, expiresAt: { gt: now } }, data: { revokedAt: now } });
    if (count !== 1) return;
    await appendAuditEvent(tx, now, { type: 'upload_key.revoked', actor, organizationId: row.case.organizationId, caseId: row.caseId, data: { uploadKeyId: row.id, why: 'asked' } });
  });
}

/** Ends every key of a case that closes, or whose data is to be erased, for good: a case that is opened again has none. */
export async function endKeysOfCase(tx: Tx, { actor, now, caseRow, why = 'case_closed' }: { readonly actor: Actor; readonly now: Date; readonly caseRow: { readonly id: string; readonly organizationId: string }; readonly why?: 'case_closed' | 'erasure' }): Promise<void> {
  const keys = await tx.uploadKey.findMany({ where: { caseId: caseRow.id, revokedAt: null, expiresAt: { gt: now } }, select: { id: true } });
  await tx.uploadKey.updateMany({ where: { id: { in: keys.map(({ id }) => id) } }, data: { revokedAt: now } });
  for (const { id } of keys) await appendAuditEvent(tx, now, { type: 'upload_key.revoked', actor, organizationId: caseRow.organizationId, caseId: caseRow.id, data: { uploadKeyId: id, why } });
}
