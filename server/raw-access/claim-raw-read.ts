import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { findGrantFile, recordRefused, REFUSALS, whyNotReadable } from './raw-read-gate';

export type RawReadTarget = { readonly actor: Actor; readonly now: Date; readonly grantId: string; readonly fileId: string };

/**
 * Announces the one read of a file under a grant, which then has to begin within a minute. It is what only a form of the portal itself can send, so that no link and no
 * picture on another site uses the read up. May be repeated until the read has begun. Throws `not_found`, `raw_access_wrong_state`, `raw_read_once`,
 * `raw_read_not_told`; each refusal is audited.
 */
export async function claimRawRead(target: RawReadTarget): Promise<void> {
  const { actor, now, grantId, fileId } = target;
  requirePermission(actor, 'raw:ask');
  const found = await findGrantFile(grantId, fileId);
  const why = await inTransaction(async (tx) => {
    const refusal = await whyNotReadable(tx, target, found);
    if (refusal) return refusal;
    const { count } = await tx.rawAccessGrantFile.updateMany({ where: { grantId, fileId, readAt: null }, data: { claimedAt: now } });
    if (count !== 1) return 'read_before' as const;
    await appendAuditEvent(tx, now, { type: 'raw_access.read_claimed', actor, organizationId: found.organizationId, caseId: found.caseId, fileId, data: { grantId } });
    return null;
  });
  if (!why) return;
  await recordRefused(target, found, why);
  throw new AppError(REFUSALS[why]);
}
