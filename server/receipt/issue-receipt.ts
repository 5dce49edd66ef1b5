import { type Tx } from '../db';
import { getEnv } from '../env';
import { getReceiptKey } from './receipt-key';
import { signReceipt } from './sign-receipt';

/**
 * Signs and keeps the receipt of a file that is being verified within `tx`: one for each file, ever. It holds ids, sizes, hashes
 * and times, no name of a person or a file.
 */
export async function issueReceipt(tx: Tx, { fileId, receiptId, now }: { readonly fileId: string; readonly receiptId: string; readonly now: Date }): Promise<void> {
  const file = await tx.diagnosticFile.findUniqueOrThrow({ where: { id: fileId }, include: { case: { select: { reference: true } } } });
  const clock = await tx.retentionClock.findUnique({ where: { fileId } });
  const segments = await tx.segment.findMany({ where: { fileId }, orderBy: { index: 'asc' }, select: { index: true, rawSizeBytes: true, rawSha256: true, sizeBytes: true, sha256: true } });
  const { rawSha256, storedAt, verifiedAt } = file;
  if (!clock || rawSha256 === null || !storedAt || !verifiedAt) throw new Error('A receipt is issued for a verified file only.');
  const env = getEnv();
  const { payload, signature, keyId } = signReceipt(
    {
      receiptId,
      vendor: env.VENDOR_NAME,
      portalUrl: env.AIRLOCK_URL,
      caseReference: file.case.reference,
      fileId: file.id,
      kind: file.kind,
      encoding: file.encoding,
      rawSha256,
      rawSizeBytes: Number(file.rawSizeBytes),
      sizeBytes: Number(file.sizeBytes),
      segmentBytes: file.segmentBytes,
      segments: segments.map((segment) => ({ ...segment, rawSizeBytes: Number(segment.rawSizeBytes), sizeBytes: Number(segment.sizeBytes) })),
      reservedAt: file.reservedAt.toISOString(),
      storedAt: storedAt.toISOString(),
      verifiedAt: verifiedAt.toISOString(),
      issuedAt: now.toISOString(),
      retentionDays: clock.periodDays,
      dueAt: clock.dueAt.toISOString(),
    },
    getReceiptKey(),
  );
  await tx.receipt.create({ data: { id: receiptId, fileId: file.id, payload, signature, keyId, issuedAt: now } });
}
