import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { sha256Hex } from '@/server/crypto/secrets';
import { getDb } from '@/server/db';
import { getBucket, getS3 } from '@/server/storage/s3-client';

/** The raw bytes of a file of the world, as they lie in storage and as they were: what nobody may get but by a grant. */
export type RawCanary = { readonly stored: Buffer; readonly raw: Buffer };

/** Puts one object for a file into storage, as its only segment. */
export async function plantRawCanary({ reference, fileId }: { reference: string; fileId: string }): Promise<RawCanary> {
  const raw = Buffer.from(`raw-canary-${randomBytes(24).toString('hex')}`);
  const stored = gzipSync(raw);
  const objectKey = `${reference}/${fileId}/canary.hprof.gz`;
  const { VersionId } = await getS3().send(new PutObjectCommand({ Bucket: getBucket(), Key: objectKey, Body: stored, ContentType: 'application/gzip', ServerSideEncryption: 'AES256' }));
  await getDb().segment.create({
    data: { fileId, index: 1, objectKey, state: 'stored', versionId: VersionId ?? null, rawSizeBytes: BigInt(raw.length), rawSha256: sha256Hex(raw), sizeBytes: BigInt(stored.length), sha256: sha256Hex(stored), announcedAt: new Date(), storedAt: new Date() },
  });
  return { stored, raw };
}

/** Throws where an answer holds raw bytes, packed or not, begins like a gzip file, or names an address of the storage that carries its own right. */
export function assertNothingRaw(answer: { readonly headers: Headers; readonly body: Buffer }, canary: RawCanary): void {
  const text = answer.body.toString('latin1') + [...answer.headers.values()].join('\n');
  if (answer.body.includes(canary.stored) || answer.body.includes(canary.raw)) throw new Error('The answer holds raw bytes of a file.');
  if (answer.body.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) throw new Error('The answer is a gzip file.');
  if (/x-amz-(signature|credential)/i.test(text)) throw new Error('The answer holds a presigned address of the storage.');
}
