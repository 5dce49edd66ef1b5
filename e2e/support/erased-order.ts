import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { type ErasureCertificatePayload } from '@/domain/erasure';
import { makeFile, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { signCertificate } from '@/server/erasure/sign-certificate';
import { parseReceiptKey } from '@/server/receipt/receipt-key';
import { MINUTE_MS } from '../../domain/durations';
import { baseUrl } from './environment';

type Order = { readonly orderId: string; readonly fileId: string };

/** An order for a file that is gone, with a certificate that is final, or whose watch is still open; its key is none of the portal's. */
export async function makeErasedOrder({ caseId, reference, by, isFinal = true }: { caseId: string; reference: string; by: SeedUser; isFinal?: boolean }): Promise<Order> {
  const { id: fileId } = await makeFile({ caseId, by, state: 'erased' });
  const now = new Date();
  const urlsEndAt = isFinal ? null : new Date(now.getTime() + 10 * MINUTE_MS);
  const watchUntil = urlsEndAt && new Date(urlsEndAt.getTime() + 60 * MINUTE_MS);
  const { id: orderId } = await getDb().erasureOrder.create({
    data: { caseId, fileId, state: 'done', orderedById: by.id, orderedAt: now, doneAt: now, watchUntil, watchEndedAt: isFinal ? now : null, files: { create: { fileId, absentAt: now, urlsEndAt } } },
    select: { id: true },
  });
  const key = parseReceiptKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const certificateId = randomUUID();
  const signed = signCertificate(contentOf({ certificateId, orderId, fileId, reference, at: now.toISOString(), urlsEndAt: urlsEndAt?.toISOString() ?? null }), key);
  await getDb().erasureCertificate.create({ data: { id: certificateId, orderId, edition: 1, ...signed, issuedAt: now } });
  await getDb().diagnosticFile.update({ where: { id: fileId }, data: { erasureOrderedAt: now } });
  return { orderId, fileId };
}

/** An order that is not done, and that no worker takes up: it is of tomorrow. */
export async function makeOpenOrder({ caseId, by }: { caseId: string; by: SeedUser }): Promise<Order> {
  const { id: fileId } = await makeFile({ caseId, by, state: 'verified' });
  const orderedAt = new Date(Date.now() + 24 * 60 * MINUTE_MS);
  const { id: orderId } = await getDb().erasureOrder.create({ data: { caseId, fileId, orderedById: by.id, orderedAt, files: { create: { fileId } } }, select: { id: true } });
  await getDb().diagnosticFile.update({ where: { id: fileId }, data: { name: null, safeName: null, erasureOrderedAt: orderedAt } });
  return { orderId, fileId };
}

type Facts = { certificateId: string; orderId: string; fileId: string; reference: string; at: string; urlsEndAt: string | null };

function contentOf({ certificateId, orderId, fileId, reference, at, urlsEndAt }: Facts): Omit<ErasureCertificatePayload, 'keyId' | 'type' | 'version'> {
  const hash = 'ab'.repeat(32);
  return {
    certificateId, orderId, edition: 1, isFinal: urlsEndAt === null, vendor: 'Example Software', portalUrl: baseUrl, caseReference: reference, scope: 'file', orderedAt: at,
    files: [{
      fileId, kind: 'heap_dump', encoding: 'raw', isComplete: true, rawSizeBytes: 734_003_200, sizeBytes: 244_667_733, rawSha256: hash,
      segments: [{ index: 1, rawSizeBytes: 734_003_200, rawSha256: hash, sizeBytes: 244_667_733, sha256: hash }],
      receiptId: null, reservedAt: at, storedAt: at, found: { at, versions: 1, bytes: 244_667_733 }, lastSeenAt: at, verifiedAbsentAt: at, urlsEndAt, late: null,
    }],
    totals: { files: 1, segments: 1, rawSizeBytes: 734_003_200, sizeBytes: 244_667_733, versions: 1 },
    runsCancelled: 1, outputs: 2, keysEnded: 0, strays: { versions: 0, bytes: 0 }, lastSeenAt: at, verifiedAbsentAt: at, urlsEndAt, lookedAgainAt: null, issuedAt: at,
  };
}
