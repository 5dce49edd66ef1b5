import { GetBucketLocationCommand, type S3Client } from '@aws-sdk/client-s3';
import { EnvironmentError } from '../env';
import { REQUIRED_REGION } from './s3-client';
import { throughStorage } from './storage-error';

/** The region that the bucket itself names. S3 writes `EU` for old buckets in eu-west-1 and nothing for us-east-1 (GetBucketLocation). */
export async function readBucketRegion({ s3, bucket, signal }: { s3: S3Client; bucket: string; signal?: AbortSignal }): Promise<string> {
  const { LocationConstraint: location } = await throughStorage(() => s3.send(new GetBucketLocationCommand({ Bucket: bucket }), { abortSignal: signal }), signal);
  if (location === 'EU') return REQUIRED_REGION;
  return location ? String(location) : 'us-east-1';
}

/** Throws EnvironmentError unless the bucket lies in eu-west-1 (P-REGION). */
export async function requireBucketRegion(target: { s3: S3Client; bucket: string }): Promise<void> {
  const region = await readBucketRegion(target);
  if (region !== REQUIRED_REGION) throw new EnvironmentError([`The bucket ${target.bucket} lies in ${region}; diagnostic data is stored in ${REQUIRED_REGION} only.`]);
}
