import { PutObjectCommand } from '@aws-sdk/client-s3';
import { type ErasureCertificatePayload } from '@/domain/erasure';
import { makeFile, makeReadyCase, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { eraseOrder } from '@/server/erasure/erase-order';
import { getCertificate } from '@/server/erasure/get-erasure';
import { orderErasure } from '@/server/erasure/order-erasure';
import { mapBounded } from '@/server/storage/map-bounded';
import { getBucket, getS3 } from '@/server/storage/s3-client';

const FILES = 10;
const SHA256 = 'ab'.repeat(32);

/** A case with `objects` stored segments in ten files: rows and objects, each of a few bytes. */
export async function makeLargeCase(objects: number): Promise<{ readonly customer: SeedUser; readonly caseId: string; readonly reference: string }> {
  const { customer, case: made } = await makeReadyCase();
  const now = new Date();
  for (let at = 0; at < FILES; at += 1) {
    const { id: fileId } = await makeFile({ caseId: made.id, by: customer, state: 'verified' });
    const indexes = Array.from({ length: Math.ceil(objects / FILES) }, (_, index) => index + 1);
    const keyOf = (index: number) => `${made.reference}/${fileId}/java_pid4711.hprof.gz.${String(index).padStart(4, '0')}`;
    await mapBounded(indexes, 16, (index) => getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key: keyOf(index), Body: 'x' })));
    await getDb().segment.createMany({ data: indexes.map((index) => ({ fileId, index, objectKey: keyOf(index), state: 'stored' as const, rawSizeBytes: 1, rawSha256: SHA256, sizeBytes: 1, sha256: SHA256, announcedAt: now, storedAt: now })) });
  }
  return { customer, caseId: made.id, reference: made.reference };
}

type Erased = { readonly totals: ErasureCertificatePayload['totals']; /** From the order to the certificate. */ readonly milliseconds: number };

/** Makes such a case and erases it. Throws where the certificate does not count every object. */
export async function eraseLargeCase({ objects, pageSize }: { readonly objects: number; readonly pageSize?: number }): Promise<Erased> {
  const { customer, reference } = await makeLargeCase(objects);
  const began = performance.now();
  const { orderId } = await orderErasure({ actor: customer.actor, now: new Date(), reference, confirmation: reference });
  await eraseOrder({ orderId, pageSize });
  const milliseconds = performance.now() - began;
  const { totals } = (await getCertificate({ actor: customer.actor, reference, orderId })).content;
  if (totals.segments !== objects || totals.versions !== objects) throw new Error(`The certificate counts ${totals.segments} segments and ${totals.versions} versions; there were ${objects} objects.`);
  return { totals, milliseconds };
}
