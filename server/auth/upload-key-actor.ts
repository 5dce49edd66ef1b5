import { type UploadKeyActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { sha256Hex } from '../crypto/secrets';
import { getDb } from '../db';
import { isWholeKey } from '../upload-key/key-format';

const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]{16,200})$/i;
const LAST_USED_STEP_MS = 60_000;

/**
 * Always the same code and status. The sentence differs only for whoever holds a key that was right once: that is proof enough to be told
 * why it is not any more. A key that is cut off or mistyped shows by its check characters alone, and says nothing about what
 * keys there are (docs/decisions/0010-upload-keys.md).
 */
const WHY = {
  malformed: 'This is not a whole upload key: it begins with alk_ and has 53 characters. Copy it again, without spaces or quotation marks.',
  revoked: 'This upload key was revoked. Make a new one on the page of the case.',
  expired: 'This upload key is past its time: a key works for 72 hours. Make a new one on the page of the case; what is stored stays stored, and sending goes on from there.',
  closed: 'The case of this upload key is closed, and its keys ended with it. Ask support to open the case again, then make a new key.',
} as const;

/**
 * The machine behind `Authorization: Bearer <UploadKey>`. Throws `upload_key_invalid` for a key that is malformed, unknown,
 * revoked, past its time or of a case that is closed.
 */
export async function uploadKeyActor(authorization: string, now: Date): Promise<UploadKeyActor> {
  const key = BEARER.exec(authorization)?.[1];
  if (!key || !isWholeKey(key)) throw new AppError('upload_key_invalid', { detail: WHY.malformed });
  const row = await getDb().uploadKey.findUnique({ where: { keyHash: sha256Hex(key) }, include: { case: { select: { organizationId: true, status: true } } } });
  if (!row) throw new AppError('upload_key_invalid');
  if (row.case.status !== 'open') throw new AppError('upload_key_invalid', { detail: WHY.closed });
  if (row.revokedAt) throw new AppError('upload_key_invalid', { detail: WHY.revoked });
  if (row.expiresAt <= now) throw new AppError('upload_key_invalid', { detail: WHY.expired });
  const staleBefore = new Date(now.getTime() - LAST_USED_STEP_MS);
  await getDb().uploadKey.updateMany({ where: { id: row.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: staleBefore } }] }, data: { lastUsedAt: now } });
  return { kind: 'upload_key', uploadKeyId: row.id, caseId: row.caseId, organizationId: row.case.organizationId };
}
