import { type Actor } from '@/domain/actor';
import { type CompleteFileResponse } from '@/domain/contracts';
import { AppError } from '@/domain/errors';
import { type FileState } from '@/domain/file-states';
import { dueDate } from '@/domain/retention';
import { incompleteness } from '@/domain/segment-layout';
import { type AuditData } from '@/domain/audit';
import { assertNoCaseErasure } from '../case/send-gate';
import { getDb, inTransaction, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { getRetentionPeriods } from '../retention/retention-periods';
import { enqueueJob } from '../jobs/enqueue-job';
import { appendAuditEvent } from '../audit/append-audit-event';
import { endedBy } from './ended-by';
import { assertNotUnderErasure, layoutOf, loadFile, lockFile, type FileRow } from './load-file';
import { type Finding, lookAtSegments, recordStored, segmentToLookAt } from './look-at-segments';
import { moveFile } from './move-file';
import { receiptUrlOf } from './receipt-url';

export type CompleteFile = { readonly actor: Actor; readonly now: Date; readonly fileId: string; readonly segmentCount: number; readonly rawSha256?: string };

/** States that a completed file may have reached by the time it is completed again. */
const COMPLETED: readonly FileState[] = ['stored', 'verified', 'analysed', 'quarantined'];
/** Segments that one call looks at, and indexes that it names as missing: a second call goes on. */
const MAX_LOOKED_AT = 1000;

/**
 * Ends the sending of a file: every segment from 1 to `segmentCount` was seen in storage, only the last is shorter, and
 * together they have the announced size. From here the retention clock runs (P-RAW-7) and the worker reads the file back. Safe
 * to repeat. Throws `segments_missing` with `missing` (the first 1,000), `segment_out_of_range`, `file_wrong_state`, or
 * `conflict` where the file was completed with another count or hash.
 */
export async function completeFile(input: CompleteFile): Promise<CompleteFileResponse> {
  const { actor, now, fileId } = input;
  requirePermission(actor, 'file:send');
  const file = await loadFile(getDb(), actor, fileId);
  const unconfirmed = file.state === 'uploading' ? await getDb().segment.findMany({ where: { fileId: file.id, state: 'announced' }, orderBy: { index: 'asc' }, take: MAX_LOOKED_AT, select: segmentToLookAt }) : [];
  const findings = await lookAtSegments(unconfirmed);
  await recordLook(findings, { actor, now, file });
  const state = await inTransaction((tx) => completeLocked(tx, input));
  return { state, receiptUrl: receiptUrlOf(file.id) };
}

/** In a transaction of its own, so that what was seen stays seen where the file turns out to be incomplete. */
async function recordLook(findings: readonly Finding[], { actor, now, file }: { actor: Actor; now: Date; file: FileRow }): Promise<void> {
  if (findings.every(({ is }) => is === 'absent')) return;
  await inTransaction(async (tx) => {
    const { state, erasureOrderedAt } = await lockFile(tx, actor, file.id);
    if (state === 'uploading' && erasureOrderedAt === null) await recordStored(tx, findings, now);
    for (const finding of findings) {
      if (finding.is !== 'refused') continue;
      await appendAuditEvent(tx, now, { type: 'file.segment_refused', actor, organizationId: file.case.organizationId, caseId: file.caseId, fileId: file.id, data: { index: finding.segment.index, why: finding.why } });
    }
  });
}

async function completeLocked(tx: Tx, { actor, now, fileId, segmentCount, rawSha256 }: CompleteFile): Promise<FileState> {
  const file = await lockFile(tx, actor, fileId);
  assertNotUnderErasure(file);
  await assertNoCaseErasure(tx, file.caseId);
  if (COMPLETED.includes(file.state)) {
    await assertSameCompletion(tx, file, segmentCount, rawSha256);
    return file.state;
  }
  if (file.state !== 'reserved' && file.state !== 'uploading') throw new AppError('file_wrong_state');
  const sizes = await assertComplete(tx, file, segmentCount);
  const { raw_file: periodDays } = await getRetentionPeriods(tx);
  const moved = await moveFile(tx, {
    actor,
    now,
    file,
    event: 'complete',
    set: { segmentCount, ...sizes, declaredRawSha256: rawSha256 ?? null, storedAt: now, ...endedBy(actor) },
    data: storedFacts(file, segmentCount, sizes),
    also: () => startClock(tx, file, now, periodDays),
    then: [{ type: 'clock.started', data: { periodDays, dueAt: dueDate(now, periodDays).toISOString() } }],
  });
  if (!moved) throw new AppError('file_wrong_state');
  return 'stored';
}

function storedFacts(file: FileRow, segmentCount: number, sizes: { rawSizeBytes: bigint; sizeBytes: bigint }): AuditData {
  return { segmentCount, rawSizeBytes: Number(sizes.rawSizeBytes), sizeBytes: Number(sizes.sizeBytes), requestId: file.requestId };
}

async function startClock(tx: Tx, file: FileRow, now: Date, periodDays: number): Promise<void> {
  await tx.retentionClock.create({ data: { subject: 'raw_file', fileId: file.id, startedAt: now, periodDays, dueAt: dueDate(now, periodDays) } });
  if (file.requestId) await tx.fileRequest.updateMany({ where: { id: file.requestId, status: 'open' }, data: { status: 'answered', endedAt: now } });
  await enqueueJob(tx, 'verify-file', { fileId: file.id }, { jobKey: `verify-file:${file.id}` });
}

async function assertSameCompletion(tx: Tx, file: FileRow, segmentCount: number, rawSha256: string | undefined): Promise<void> {
  const { declaredRawSha256 } = await tx.diagnosticFile.findUniqueOrThrow({ where: { id: file.id }, select: { declaredRawSha256: true } });
  if (file.segmentCount === segmentCount && (rawSha256 === undefined || rawSha256 === declaredRawSha256)) return;
  throw new AppError('conflict', { detail: 'This file was completed before with another count of segments or another SHA-256.' });
}

/** Throws unless the segments make the whole file; answers its raw size and its size in storage. */
async function assertComplete(tx: Tx, file: FileRow, segmentCount: number): Promise<{ rawSizeBytes: bigint; sizeBytes: bigint }> {
  const rows = await tx.segment.findMany({ where: { fileId: file.id }, select: { index: true, state: true, rawSizeBytes: true, sizeBytes: true } });
  const announced = rows.map(({ index, rawSizeBytes }) => ({ index, rawSizeBytes: Number(rawSizeBytes) }));
  const problem = incompleteness(layoutOf(file), segmentCount, announced);
  if (problem && 'misfit' in problem) throw new AppError('segment_out_of_range', { detail: problem.misfit });
  const stored = new Set(rows.filter(({ state }) => state === 'stored').map(({ index }) => index));
  const missing = Array.from({ length: segmentCount }, (_, at) => at + 1).filter((index) => !stored.has(index));
  if (missing.length > 0) throw new AppError('segments_missing', { extra: { missing: missing.slice(0, MAX_LOOKED_AT) } });
  return {
    rawSizeBytes: rows.reduce((sum, row) => sum + row.rawSizeBytes, 0n),
    sizeBytes: rows.reduce((sum, row) => sum + row.sizeBytes, 0n),
  };
}
