import { GetBucketVersioningCommand, type S3Client } from '@aws-sdk/client-s3';
import { EnvironmentError } from '../env';
import { requireBucketRegion } from './bucket-region';
import { throughStorage } from './storage-error';

/**
 * Throws EnvironmentError unless the bucket lies in eu-west-1 (P-REGION) and keeps versions: what the worker reads back is
 * pinned to the version that was seen, and erasure lists versions.
 */
export async function requireSoundBucket(target: { s3: S3Client; bucket: string }): Promise<void> {
  await requireBucketRegion(target);
  const { Status: status } = await throughStorage(() => target.s3.send(new GetBucketVersioningCommand({ Bucket: target.bucket })));
  if (status !== 'Enabled') throw new EnvironmentError([`The bucket ${target.bucket} keeps no versions. Switch versioning on before the portal uses it.`]);
}
