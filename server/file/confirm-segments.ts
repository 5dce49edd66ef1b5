import { type Actor } from '@/domain/actor';
import { type ConfirmSegmentsResponse } from '@/domain/contracts';
import { AppError } from '@/domain/errors';
import { type FileState } from '@/domain/file-states';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction } from '../db';
import { requirePermission } from '../http/require-permission';
import { tellLive } from '../live/tell-live';
import { assertNotUnderErasure, type FileRow, loadFile, lockFile } from './load-file';
import { type Finding, lookAtSegments, recordStored, segmentToLookAt } from './look-at-segments';

export type ConfirmSegments = { readonly actor: Actor; readonly now: Date; readonly fileId: string; readonly indexes: readonly number[] };

const GONE: readonly FileState[] = ['abandoned', 'expired', 'erased'];
const REFUSED = 'What is in storage for this segment was not what was announced and was removed. Send the segment again.';

/**
 * Looks in storage for the segments that are named, and answers which are stored as announced and which are missing. An
 * object that is not what was announced is removed and its segment is `refused` besides missing. Throws `not_found`, and
 * `file_wrong_state` once the file is abandoned or gone.
 */
export async function confirmSegments({ actor, now, fileId, indexes }: ConfirmSegments): Promise<ConfirmSegmentsResponse> {
  requirePermission(actor, 'file:send');
  const file = await loadFile(getDb(), actor, fileId);
  assertNotUnderErasure(file);
  if (GONE.includes(file.state)) throw new AppError('file_wrong_state');
  const announced = file.state === 'uploading' ? await getDb().segment.findMany({ where: { fileId: file.id, index: { in: [...indexes] }, state: 'announced' }, select: segmentToLookAt }) : [];
  const findings = await lookAtSegments(announced);
  if (findings.some(({ is }) => is !== 'absent')) await recordFindings({ actor, now, file, findings });
  return answer(file.id, indexes, findings);
}

async function recordFindings({ actor, now, file, findings }: { actor: Actor; now: Date; file: FileRow; findings: readonly Finding[] }): Promise<void> {
  const about = { actor, organizationId: file.case.organizationId, caseId: file.caseId, fileId: file.id };
  await inTransaction(async (tx) => {
    const locked = await lockFile(tx, actor, file.id);
    // Abandoned or under erasure meanwhile: what was seen is about to be deleted.
    if (locked.state === 'uploading' && locked.erasureOrderedAt === null) await recordStored(tx, findings, now);
    await tellLive(tx, about);
    for (const finding of findings) {
      if (finding.is === 'refused') await appendAuditEvent(tx, now, { ...about, type: 'file.segment_refused', data: { index: finding.segment.index, why: finding.why } });
    }
  });
}

async function answer(fileId: string, indexes: readonly number[], findings: readonly Finding[]): Promise<ConfirmSegmentsResponse> {
  const rows = await getDb().segment.findMany({ where: { fileId, index: { in: [...indexes] }, state: 'stored' }, select: { index: true } });
  const seen = new Set(rows.map(({ index }) => index));
  const refused = findings.filter(({ is }) => is === 'refused').map(({ segment }) => ({ index: segment.index, code: 'segment_mismatch' as const, detail: REFUSED }));
  return {
    stored: indexes.filter((index) => seen.has(index)),
    missing: indexes.filter((index) => !seen.has(index)),
    ...(refused.length > 0 ? { refused } : {}),
  };
}
