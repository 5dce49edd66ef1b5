import { type UploadKeyActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { sha256Hex } from '../crypto/secrets';
import { getDb } from '../db';

const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]{16,200})$/i;
const LAST_USED_STEP_MS = 60_000;

/**
 * The machine behind `Authorization: Bearer <UploadKey>`. Throws `upload_key_invalid` for a key that is malformed, unknown,
 * revoked, past its time or of a case that is closed: the same answer for all five.
 */
export async function uploadKeyActor(authorization: string, now: Date): Promise<UploadKeyActor> {
  const key = BEARER.exec(authorization)?.[1];
  const row = key ? await getDb().uploadKey.findUnique({ where: { keyHash: sha256Hex(key) }, include: { case: { select: { organizationId: true, status: true } } } }) : null;
  if (!row || row.revokedAt || row.expiresAt <= now || row.case.status !== 'open') throw new AppError('upload_key_invalid');
  const staleBefore = new Date(now.getTime() - LAST_USED_STEP_MS);
  await getDb().uploadKey.updateMany({ where: { id: row.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: staleBefore } }] }, data: { lastUsedAt: now } });
  return { kind: 'upload_key', uploadKeyId: row.id, caseId: row.caseId, organizationId: row.case.organizationId };
}
