import { type UserActor } from '@/domain/actor';
import { HOUR_MS } from '@/domain/durations';
import { AppError } from '@/domain/errors';
import { MAX_LIVE_KEYS_PER_CASE, UPLOAD_KEY_HOURS } from '@/domain/upload-key';
import { appendAuditEvent } from '../audit/append-audit-event';
import { loadCase } from '../case/load-case';
import { assertMaySend } from '../case/send-gate';
import { sha256Hex } from '../crypto/secrets';
import { inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { takeRateLimit } from '../rate-limit/take';
import { keyHint, makeKeySecret } from './key-format';

const MAKES_PER_HOUR = 30;

export type MadeUploadKey = { readonly id: string; readonly secret: string; readonly expiresAt: string };

/**
 * Makes an upload key of a case, for 72 hours. Its secret is in the answer and nowhere else: what is kept is its SHA-256. Only a
 * customer of the case's organization can. Throws `not_found`, the gate's errors (a key that could send nothing is not
 * made), `too_many_upload_keys` and `rate_limited`.
 */
export async function makeUploadKey({ actor, now, reference }: { readonly actor: UserActor; readonly now: Date; readonly reference: string }): Promise<MadeUploadKey> {
  requirePermission(actor, 'upload_key:manage');
  await takeRateLimit({ purpose: 'make-upload-key', subject: actor.userId, limit: MAKES_PER_HOUR, windowSeconds: 3600, now });
  const secret = makeKeySecret();
  const expiresAt = new Date(now.getTime() + UPLOAD_KEY_HOURS * HOUR_MS);
  const id = await inTransaction(async (tx) => {
    const { id: caseId } = await loadCase(tx, actor, reference);
    // Keys of one case are made one after the other, so that their count and the case's state hold until the end.
    await tx.$queryRaw`select id from "Case" where id = ${caseId}::uuid for update`;
    const caseRow = await loadCase(tx, actor, reference);
    await assertMaySend(tx, { ...caseRow, caseId }, now);
    if ((await tx.uploadKey.count({ where: { caseId, revokedAt: null, expiresAt: { gt: now } } })) >= MAX_LIVE_KEYS_PER_CASE) throw new AppError('too_many_upload_keys');
    const key = await tx.uploadKey.create({ data: { caseId, keyHash: sha256Hex(secret), hint: keyHint(secret), createdById: actor.userId, createdAt: now, expiresAt }, select: { id: true } });
    await appendAuditEvent(tx, now, { type: 'upload_key.made', actor, organizationId: caseRow.organizationId, caseId, data: { uploadKeyId: key.id, expiresAt: expiresAt.toISOString() } });
    return key.id;
  });
  return { id, secret, expiresAt: expiresAt.toISOString() };
}
