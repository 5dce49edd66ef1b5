import { randomUUID } from 'node:crypto';
import { type ErasureCertificatePayload, erasureCertificatePayload, isLookDue } from '@/domain/erasure';
import { fileKeyPrefix } from '@/domain/file-name';
import { appendAuditEvent } from '../audit/append-audit-event';
import { sha256Hex } from '../crypto/secrets';
import { getDb, inTransaction, type Prisma } from '../db';
import { log } from '../logger';
import { queueNotice } from '../notice/queue-notice';
import { getReceiptKey } from '../receipt/receipt-key';
import { deleteEveryVersion } from '../storage/delete-every-version';
import { type ListedVersion, listWholePrefix } from '../storage/list-bucket-page';
import { getBucket, getS3 } from '../storage/s3-client';
import { ERASER } from './eraser';
import { signCertificate } from './sign-certificate';

const orderColumns = { id: true, caseId: true, fileId: true, orderedById: true, watchUntil: true, case: { select: { reference: true, organizationId: true, openedById: true } } } as const satisfies Prisma.ErasureOrderSelect;
type OrderRow = Prisma.ErasureOrderGetPayload<{ select: typeof orderColumns }>;

export type WatchOrder = { readonly orderId: string; readonly now: Date; readonly signal?: AbortSignal };

/**
 * Looks again at the files of an order that was certified while a URL issued before it could still write. What such a URL wrote is written down and deleted at
 * once. After the last look the second edition of the certificate is issued, which is final. Safe to repeat and to run many at once.
 */
export async function watchOrder({ orderId, now, signal }: WatchOrder): Promise<void> {
  const order = await getDb().erasureOrder.findFirst({ where: { id: orderId, state: 'done', watchEndedAt: null }, select: orderColumns });
  if (!order?.watchUntil) return;
  const files = await getDb().erasureOrderFile.findMany({ where: { orderId, urlsEndAt: { not: null } }, select: { fileId: true, urlsEndAt: true, lookedAt: true } });
  for (const { fileId, urlsEndAt, lookedAt } of files) {
    signal?.throwIfAborted();
    if (urlsEndAt && isLookDue({ urlsEndAt, lookedAt, now })) await lookAgain(order, { fileId, now, signal });
  }
  if (now >= order.watchUntil) await endWatch(order, now);
}

async function lookAgain(order: OrderRow, { fileId, now, signal }: { fileId: string; now: Date; signal?: AbortSignal }): Promise<void> {
  const target = { s3: getS3(), bucket: getBucket(), prefix: fileKeyPrefix({ reference: order.case.reference, fileId }), signal };
  const versions = await listWholePrefix(target);
  if (versions.length > 0) {
    await recordLate(order, { fileId, versions, now });
    await deleteEveryVersion(target);
    log('warn', 'late-write-erased', { fileId, count: versions.length });
  }
  await getDb().erasureOrderFile.updateMany({ where: { orderId: order.id, fileId }, data: { lookedAt: now } });
}

/** Before it is deleted, so that nothing is deleted unrecorded; each version once, also where a run is killed in between, or two look at the same moment. */
async function recordLate(order: OrderRow, { fileId, versions, now }: { fileId: string; versions: readonly ListedVersion[]; now: Date }): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.$queryRaw`select 1 from "ErasureOrderFile" where "orderId" = ${order.id}::uuid and "fileId" = ${fileId}::uuid for update`;
    const { lateIds } = await tx.erasureOrderFile.findUniqueOrThrow({ where: { orderId_fileId: { orderId: order.id, fileId } }, select: { lateIds: true } });
    const fresh = versions.map((version) => ({ ...version, id: sha256Hex(`${version.versionId ?? ''} ${version.key}`) })).filter(({ id }) => !lateIds.includes(id));
    if (fresh.length === 0) return;
    const bytes = fresh.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    await tx.erasureOrderFile.update({
      where: { orderId_fileId: { orderId: order.id, fileId } },
      data: { lateVersions: { increment: fresh.length }, lateBytes: { increment: bytes }, lateSeenAt: now, lateIds: { push: fresh.map(({ id }) => id) } },
    });
    await appendAuditEvent(tx, now, { type: 'erasure.late_write', actor: ERASER, organizationId: order.case.organizationId, caseId: order.caseId, fileId, data: { orderId: order.id, versions: fresh.length, bytes } });
  });
}

async function endWatch(order: OrderRow, now: Date): Promise<void> {
  const first = await getDb().erasureCertificate.findUniqueOrThrow({ where: { orderId_edition: { orderId: order.id, edition: 1 } }, select: { payload: true } });
  const late = await getDb().erasureOrderFile.findMany({ where: { orderId: order.id, lateSeenAt: { not: null } }, select: { fileId: true, lateVersions: true, lateBytes: true, lateSeenAt: true } });
  const certificateId = randomUUID();
  const signed = signCertificate(secondEdition(erasureCertificatePayload.parse(JSON.parse(first.payload)), { late, certificateId, now }), getReceiptKey());
  await inTransaction(async (tx) => {
    const { count } = await tx.erasureOrder.updateMany({ where: { id: order.id, watchEndedAt: null }, data: { watchEndedAt: now } });
    if (count !== 1) return;
    await tx.erasureCertificate.create({ data: { id: certificateId, orderId: order.id, edition: 2, ...signed, issuedAt: now } });
    const { reference, openedById, organizationId } = order.case;
    const scope = order.fileId === null ? 'case' : 'file';
    for (const userId of late.length > 0 ? new Set([order.orderedById, openedById]) : []) {
      await queueNotice(tx, { kind: 'erasure_swept_again', userId, caseId: order.caseId, ...(order.fileId ? { fileId: order.fileId } : {}), data: { reference, orderId: order.id, scope } });
    }
    await appendAuditEvent(tx, now, { type: 'erasure.certified', actor: ERASER, organizationId, caseId: order.caseId, fileId: order.fileId, data: { orderId: order.id, certificateId, edition: 2, keyId: signed.keyId, lateFiles: late.length } });
  });
}

type Late = { readonly fileId: string; readonly lateVersions: number; readonly lateBytes: bigint; readonly lateSeenAt: Date | null };

/** The first edition with what came after it. */
function secondEdition(first: ErasureCertificatePayload, { late, certificateId, now }: { late: readonly Late[]; certificateId: string; now: Date }): ErasureCertificatePayload {
  const byFile = new Map(late.map((row) => [row.fileId, row]));
  return {
    ...first,
    certificateId,
    edition: 2,
    isFinal: true,
    files: first.files.map((file) => {
      const row = byFile.get(file.fileId);
      return row?.lateSeenAt ? { ...file, late: { versions: row.lateVersions, bytes: Number(row.lateBytes), lastSeenAt: row.lateSeenAt.toISOString() } } : file;
    }),
    lookedAgainAt: now.toISOString(),
    issuedAt: now.toISOString(),
  };
}
