import { randomUUID } from 'node:crypto';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction, type Prisma, type Tx } from '../db';
import { getEnv } from '../env';
import { queueNotice } from '../notice/queue-notice';
import { getReceiptKey } from '../receipt/receipt-key';
import { describeErased, type Erased } from './describe-erased';
import { ERASER } from './eraser';
import { signCertificate } from './sign-certificate';

const columns = {
  id: true, caseId: true, fileId: true, orderedById: true, orderedAt: true, runsCancelled: true, outputs: true, keysEnded: true, strayVersions: true, strayBytes: true,
  case: { select: { reference: true, organizationId: true, openedById: true } },
} as const satisfies Prisma.ErasureOrderSelect;
type OrderRow = Prisma.ErasureOrderGetPayload<{ select: typeof columns }>;

/**
 * Ends an order whose files were all seen to be absent, with the first edition of its certificate and a notice to the customer. One certificate, however many
 * workers come to the end at once. False where something is left to do.
 */
export async function finishOrder({ orderId, now }: { readonly orderId: string; readonly now: Date }): Promise<boolean> {
  const order = await getDb().erasureOrder.findUniqueOrThrow({ where: { id: orderId }, select: columns });
  const erased = await describeErased(orderId);
  if (!erased) return false;
  const certificateId = randomUUID();
  const signed = signEdition1({ order, erased, certificateId, now });
  return inTransaction(async (tx) => {
    if (order.fileId === null && (await leftInCase(tx, order.caseId)) > 0) return false;
    const { watchUntil } = erased;
    const { count } = await tx.erasureOrder.updateMany({ where: { id: orderId, state: { not: 'done' } }, data: { state: 'done', doneAt: now, watchUntil, watchEndedAt: watchUntil === null ? now : null } });
    // Another worker ended it at the same moment.
    if (count !== 1) return true;
    await tx.erasureCertificate.create({ data: { id: certificateId, orderId, edition: 1, ...signed, issuedAt: now } });
    await tellCustomer(tx, order);
    await appendAuditEvent(tx, now, {
      type: 'erasure.certified',
      actor: ERASER,
      organizationId: order.case.organizationId,
      caseId: order.caseId,
      fileId: order.fileId,
      data: { orderId, certificateId, edition: 1, keyId: signed.keyId, files: erased.totals.files, versions: erased.totals.versions, seconds: Math.round((now.getTime() - order.orderedAt.getTime()) / 1000) },
    });
    return true;
  });
}

function leftInCase(tx: Tx, caseId: string): Promise<number> {
  return tx.diagnosticFile.count({ where: { caseId, state: { notIn: ['expired', 'erased'] } } });
}

function signEdition1({ order, erased, certificateId, now }: { order: OrderRow; erased: Erased; certificateId: string; now: Date }) {
  const { absentAt, watchUntil, ...content } = erased;
  const env = getEnv();
  return signCertificate(
    {
      certificateId,
      orderId: order.id,
      edition: 1,
      isFinal: watchUntil === null,
      vendor: env.VENDOR_NAME,
      portalUrl: env.AIRLOCK_URL,
      caseReference: order.case.reference,
      scope: order.fileId === null ? 'case' : 'file',
      orderedAt: order.orderedAt.toISOString(),
      ...content,
      runsCancelled: order.runsCancelled,
      outputs: order.outputs,
      keysEnded: order.keysEnded,
      strays: { versions: order.strayVersions, bytes: Number(order.strayBytes) },
      // A case's prefix was seen to be empty after the last of its files.
      verifiedAbsentAt: (order.fileId === null ? now : (absentAt ?? now)).toISOString(),
      lookedAgainAt: null,
      issuedAt: now.toISOString(),
    },
    getReceiptKey(),
  );
}

async function tellCustomer(tx: Tx, { id, caseId, fileId, orderedById, case: { reference, openedById } }: OrderRow): Promise<void> {
  for (const userId of new Set([orderedById, openedById])) {
    await queueNotice(tx, { kind: 'erasure_certified', userId, caseId, ...(fileId ? { fileId } : {}), data: { reference, orderId: id, scope: fileId === null ? 'case' : 'file' } });
  }
}
