import { fileKeyPrefix } from '@/domain/file-name';
import { SLOW_PUT_MS } from '@/domain/erasure';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction, type Tx } from '../db';
import { type FileRow, loadFileForJob } from '../file/load-file';
import { ERASER } from './eraser';
import { stopWork } from './stop-work';

/** A file under an order that nobody else changes any more, and where its objects are. */
export type HeldFile = { readonly file: FileRow; readonly prefix: string; readonly knownKeys: readonly string[] };

/**
 * Waits until whoever still has the file's row is done (a URL that is being signed, a file that is being completed), and from then on nobody begins: the file and its
 * case say that they are under an order. Only then is it known which URLs are out. Does again what the order did, for a file that was reserved
 * at the same moment. Safe to repeat.
 */
export async function holdStill({ orderId, fileId, now }: { readonly orderId: string; readonly fileId: string; readonly now: Date }): Promise<HeldFile | null> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`select id from "DiagnosticFile" where id = ${fileId}::uuid for update`;
    const file = await loadFileForJob(tx, fileId);
    if (!file) return null;
    await tx.diagnosticFile.updateMany({ where: { id: fileId }, data: { name: null, safeName: null } });
    await tx.diagnosticFile.updateMany({ where: { id: fileId, erasureOrderedAt: null }, data: { erasureOrderedAt: now } });
    const { ended } = await stopWork(tx, { scope: { fileIds: [fileId] }, now });
    await rememberUrls(tx, orderId, fileId, now);
    const segments = await tx.segment.findMany({ where: { fileId }, orderBy: { index: 'asc' }, select: { objectKey: true } });
    for (const each of ended) await appendAuditEvent(tx, now, { ...each, actor: ERASER, organizationId: file.case.organizationId, caseId: file.caseId });
    const prefix = fileKeyPrefix({ reference: file.case.reference, fileId });
    // A tombstone keeps no keys: what stands in their place is under no prefix.
    return { file, prefix, knownKeys: segments.map(({ objectKey }) => objectKey).filter((key) => key.startsWith(prefix)) };
  });
}

/** Attempts go with the file; when the last of its URLs ends has to be known after that. */
async function rememberUrls(tx: Tx, orderId: string, fileId: string, now: Date): Promise<void> {
  const { _max } = await tx.segmentAttempt.aggregate({ _max: { expiresAt: true }, where: { segment: { fileId } } });
  const urlsEndAt = _max.expiresAt;
  if (urlsEndAt === null || urlsEndAt.getTime() + SLOW_PUT_MS <= now.getTime()) return;
  await tx.erasureOrderFile.updateMany({ where: { orderId, fileId }, data: { urlsEndAt } });
}
