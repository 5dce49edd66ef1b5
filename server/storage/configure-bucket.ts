import {
  CreateBucketCommand, HeadBucketCommand, PutBucketCorsCommand, PutBucketEncryptionCommand, PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand, PutBucketVersioningCommand, PutPublicAccessBlockCommand, type S3Client,
} from '@aws-sdk/client-s3';
import { RETENTION_DAYS } from '@/domain/retention';
import { requireBucketRegion } from './bucket-region';
import { bucketPolicy, corsRules, lifecycleRules } from './bucket-settings';
import { REQUIRED_REGION } from './s3-client';
import { isAbsent, throughStorage } from './storage-error';

type Target = { readonly s3: S3Client; readonly bucket: string };

async function bucketExists({ s3, bucket }: Target): Promise<boolean> {
  try {
    await throughStorage(() => s3.send(new HeadBucketCommand({ Bucket: bucket })));
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/**
 * Makes the bucket where it is absent and sets it as production needs it: SSE-S3 by default, versions, no public access, CORS
 * for the portal's pages, the lifecycle backstop, and a policy that refuses plain HTTP. The policy is left out where the
 * endpoint itself is plain HTTP, as the embedded storage on loopback is: it would shut the portal out. Safe to repeat.
 */
export async function configureBucket({ s3, bucket, portalOrigin, retentionDays = RETENTION_DAYS.raw_file }: Target & { portalOrigin: string; retentionDays?: number }): Promise<void> {
  const target = { s3, bucket };
  if (!(await bucketExists(target))) {
    await throughStorage(() => s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: REQUIRED_REGION } })));
  }
  await requireBucketRegion(target);
  await throughStorage(async () => {
    await s3.send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true } }));
    await s3.send(new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } }));
    await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await s3.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: corsRules(portalOrigin) } }));
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules: lifecycleRules(retentionDays) } }));
    if (await usesTls(s3)) await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: bucketPolicy(bucket) }));
  });
}

/** True unless the client was given a plain HTTP endpoint. */
async function usesTls(s3: S3Client): Promise<boolean> {
  const endpoint = await s3.config.endpoint?.();
  return endpoint?.protocol !== 'http:';
}
