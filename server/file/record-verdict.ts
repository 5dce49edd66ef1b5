import { randomUUID } from 'node:crypto';
import { type SystemActor } from '@/domain/actor';
import { QUARANTINE_REASONS, type QuarantineReason } from '@/domain/file-states';
import { inTransaction } from '../db';
import { issueReceipt } from '../receipt/issue-receipt';
import { getReceiptKey } from '../receipt/receipt-key';
import { type FileRow } from './load-file';
import { moveFile } from './move-file';
import { tellSender } from './tell-sender';

const VERIFIER: SystemActor = { kind: 'system', name: 'verify-file' };
/** A file whose erasure was ordered gets no verdict any more. */
const NOT_UNDER_ERASURE = { erasureOrderedAt: null };

/** Sets a file verified and issues its receipt. Quiet where the file is not *stored* any more: somebody else was first, or it is gone. */
export async function recordVerified(file: FileRow, rawSha256: string, now: Date): Promise<void> {
  const receiptId = randomUUID();
  const { keyId } = getReceiptKey();
  await inTransaction(async (tx) => {
    await moveFile(tx, {
      actor: VERIFIER,
      now,
      file,
      event: 'verify',
      when: NOT_UNDER_ERASURE,
      set: { rawSha256, verifiedAt: now },
      data: { rawSha256 },
      also: async () => {
        await issueReceipt(tx, { fileId: file.id, receiptId, now });
        const { dueAt } = await tx.retentionClock.findUniqueOrThrow({ where: { fileId: file.id }, select: { dueAt: true } });
        await tellSender(tx, file, { kind: 'file_verified', dueAt: dueAt.toISOString() });
      },
      then: [{ type: 'receipt.issued', data: { receiptId, keyId } }],
    });
  });
}

/** Sets a file quarantined, with the reason. Quiet where the file is not *stored* any more. */
export async function recordQuarantined(file: FileRow, reason: QuarantineReason, now: Date): Promise<void> {
  await inTransaction(async (tx) => {
    await moveFile(tx, {
      actor: VERIFIER,
      now,
      file,
      event: 'quarantine',
      when: NOT_UNDER_ERASURE,
      set: { stateReason: reason },
      data: { reason },
      also: () => tellSender(tx, file, { kind: 'file_quarantined', reason: QUARANTINE_REASONS[reason] }),
    });
  });
}
