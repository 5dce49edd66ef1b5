import {
  GetBucketCorsCommand, GetBucketEncryptionCommand, GetBucketLifecycleConfigurationCommand, GetBucketPolicyCommand, GetBucketVersioningCommand, GetPublicAccessBlockCommand, type LifecycleRule, type S3Client,
} from '@aws-sdk/client-s3';
import { type BucketFacts, type LifecycleFacts, type Reading } from '@/domain/bucket-checks';
import { readBucketRegion } from './bucket-region';
import { parseBucketPolicy } from './parse-bucket-policy';

/** S3 says by an error that a setting is not there. */
const NOT_SET = new Set(['ServerSideEncryptionConfigurationNotFoundError', 'NoSuchPublicAccessBlockConfiguration', 'NoSuchBucketPolicy', 'NoSuchCORSConfiguration', 'NoSuchLifecycleConfiguration']);

async function reading<Value>(read: () => Promise<Value | null | undefined>): Promise<Reading<Value>> {
  try {
    return { read: true, value: (await read()) ?? null };
  } catch (error) {
    const code = codeOf(error);
    return NOT_SET.has(code) ? { read: true, value: null } : { read: false, code };
  }
}

/** Names and codes only: what the error says may hold addresses. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'Error';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

/** A rule holds for the whole bucket where no prefix, size or tag narrows it. */
function lifecycleFacts(rule: LifecycleRule): LifecycleFacts {
  const { Filter: filter } = rule;
  const narrowed = Boolean(rule.Prefix) || Boolean(filter?.Prefix) || filter?.Tag !== undefined || filter?.And !== undefined || filter?.ObjectSizeGreaterThan !== undefined || filter?.ObjectSizeLessThan !== undefined;
  return { enabled: rule.Status === 'Enabled', wholeBucket: !narrowed, days: rule.Expiration?.Days ?? null, noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays ?? null };
}

/** Reads the settings of the bucket that promises hang on, each by itself: one that cannot be read does not hide the others. */
export async function readBucketFacts({ s3, bucket, signal }: { readonly s3: S3Client; readonly bucket: string; readonly signal?: AbortSignal }): Promise<BucketFacts> {
  const target = { Bucket: bucket };
  const options = { abortSignal: signal };
  const [region, encryption, versioning, publicAccessBlocked, policy, cors, lifecycle] = await Promise.all([
    reading(() => readBucketRegion({ s3, bucket, signal })),
    reading(async () => (await s3.send(new GetBucketEncryptionCommand(target), options)).ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm),
    reading(async () => (await s3.send(new GetBucketVersioningCommand(target), options)).Status),
    reading(async () => {
      const { PublicAccessBlockConfiguration: block } = await s3.send(new GetPublicAccessBlockCommand(target), options);
      return Boolean(block?.BlockPublicAcls && block.IgnorePublicAcls && block.BlockPublicPolicy && block.RestrictPublicBuckets);
    }),
    reading(async () => parseBucketPolicy((await s3.send(new GetBucketPolicyCommand(target), options)).Policy ?? '{}')),
    reading(async () => (await s3.send(new GetBucketCorsCommand(target), options)).CORSRules?.map((rule) => ({ origins: rule.AllowedOrigins ?? [], methods: rule.AllowedMethods ?? [], headers: rule.AllowedHeaders ?? [], exposed: rule.ExposeHeaders ?? [] }))),
    reading(async () => (await s3.send(new GetBucketLifecycleConfigurationCommand(target), options)).Rules?.map(lifecycleFacts)),
  ]);
  return { region, encryption, versioning, publicAccessBlocked, policy, cors, lifecycle };
}
