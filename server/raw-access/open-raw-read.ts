import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { RAW_CLAIM_SECONDS, watermarkedName } from '@/domain/raw-access';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction, type Tx } from '../db';
import { takeRateLimit } from '../rate-limit/take';
import { findGrantFile, type GrantFile, recordRefused, REFUSALS, type Refusal, whyNotReadable } from './raw-read-gate';
import { type SegmentSource, streamRawBytes } from './stream-raw-bytes';

export type OpenRawRead = {
  readonly actor: UserActor;
  readonly now: Date;
  readonly grantId: string;
  readonly fileId: string;
  /** Asked for each part of the stream: a grant that ends meanwhile ends the read. */
  readonly clock?: () => Date;
};
export type RawRead = { readonly body: ReadableStream<Uint8Array>; readonly fileName: string; readonly sizeBytes: number };

type Begun = { readonly refusal: Refusal } | { readonly refusal: null; readonly reference: string; readonly safeName: string | null; readonly segments: readonly SegmentSource[] };

/**
 * Takes the one read of the file: of two at once, one gets it. What is needed to hand it over is loaded with it, so that nothing that fails here uses the read up.
 */
async function begin(tx: Tx, target: OpenRawRead, found: GrantFile): Promise<Begun> {
  const { actor, now, grantId, fileId } = target;
  const why = await whyNotReadable(tx, target, found);
  if (why) return { refusal: why };
  const since = new Date(now.getTime() - RAW_CLAIM_SECONDS * 1000);
  const { count } = await tx.rawAccessGrantFile.updateMany({ where: { grantId, fileId, readAt: null, claimedAt: { gt: since } }, data: { readAt: now } });
  if (count !== 1) return { refusal: (await tx.rawAccessGrantFile.count({ where: { grantId, fileId, readAt: null } })) === 1 ? 'not_claimed' : 'read_before' };
  const { safeName, case: of } = await tx.diagnosticFile.findUniqueOrThrow({ where: { id: fileId }, select: { safeName: true, case: { select: { reference: true } } } });
  const segments = await loadSegments(tx, fileId);
  await appendAuditEvent(tx, now, { type: 'raw_access.read_begun', actor, organizationId: found.organizationId, caseId: found.caseId, fileId, data: { grantId } });
  return { refusal: null, reference: of.reference, safeName, segments };
}

/**
 * The one read of a file under a grant (P-LIMITED, P-NOCOPY): its stored segments joined, which are one gzip file, streamed through the portal and never by an address of
 * the storage. Begins only after `claimRawRead`, once, while the grant holds, for who asked for it, and after the customer was told. Every attempt is
 * audited, and so is the end: how many bytes were handed over, and whether that was all.
 * Throws `not_found`, `raw_access_wrong_state`, `raw_read_not_claimed`, `raw_read_once`, `raw_read_not_told`, `rate_limited`.
 */
export async function openRawRead(target: OpenRawRead): Promise<RawRead> {
  const { actor, now, grantId, fileId } = target;
  await takeRateLimit({ purpose: 'raw-read', subject: actor.userId, limit: 100, windowSeconds: 15 * 60, now });
  const found = await findGrantFile(grantId, fileId);
  const begun = await inTransaction((tx) => begin(tx, target, found));
  if (begun.refusal) {
    await recordRefused(target, found, begun.refusal);
    throw new AppError(REFUSALS[begun.refusal]);
  }
  const { reference, safeName, segments } = begun;
  return {
    body: streamRawBytes({ actor, grantId, fileId, found, segments, clock: target.clock ?? (() => new Date()) }),
    fileName: watermarkedName({ reference, grantId, pseudonym: actor.pseudonym, safeName }),
    sizeBytes: segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

async function loadSegments(tx: Tx, fileId: string): Promise<readonly SegmentSource[]> {
  const rows = await tx.segment.findMany({ where: { fileId, state: 'stored' }, orderBy: { index: 'asc' }, select: { objectKey: true, versionId: true, sizeBytes: true } });
  return rows.map(({ objectKey, versionId, sizeBytes }) => ({ key: objectKey, versionId, sizeBytes: Number(sizeBytes) }));
}
