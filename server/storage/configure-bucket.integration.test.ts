import { GetBucketCorsCommand, GetBucketEncryptionCommand, GetBucketLifecycleConfigurationCommand, GetBucketVersioningCommand, GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { EnvironmentError } from '../env';
import { requireBucketRegion } from './bucket-region';
import { configureBucket } from './configure-bucket';
import { deleteEveryVersion } from './delete-every-version';
import { headSegment } from './head-segment';
import { closeS3, getBucket, getS3, makeS3 } from './s3-client';

afterAll(closeS3);

describe('the bucket', () => {
  it('is made and set as production needs it, however often', async () => {
    const [s3, bucket] = [getS3(), 'airlock-configured'];
    const Bucket = { Bucket: bucket };
    for (const _ of [1, 2]) await configureBucket({ s3, bucket, portalOrigin: 'https://data.example.com', retentionDays: 3 });
    expect((await s3.send(new GetBucketEncryptionCommand(Bucket))).ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
    expect((await s3.send(new GetBucketVersioningCommand(Bucket))).Status).toBe('Enabled');
    expect((await s3.send(new GetPublicAccessBlockCommand(Bucket))).PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true });
    expect((await s3.send(new GetBucketCorsCommand(Bucket))).CORSRules).toMatchObject([{ AllowedMethods: ['PUT'], AllowedOrigins: ['https://data.example.com'] }]);
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand(Bucket))).Rules).toMatchObject([
      { Expiration: { Days: 18 }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
      { Expiration: { ExpiredObjectDeleteMarker: true } },
    ]);
    await requireBucketRegion({ s3, bucket });
  });

  it('is reached in eu-west-1 only', () => {
    expect(() => makeS3({ region: 'us-east-1' })).toThrow(EnvironmentError);
  });

  it('is swept under the prefix of one file only', async () => {
    for (const prefix of ['', '/', 'AL-7K3M-Q2ZD/', 'AL-7K3M-Q2ZD/01932d5c-7a1e-7c3f-8a55-0123456789ab', 'x/01932d5c-7a1e-7c3f-8a55-0123456789ab/']) {
      await expect(deleteEveryVersion({ s3: getS3(), bucket: getBucket(), prefix })).rejects.toThrow('one file only');
    }
  });
});

it('says that storage does not answer, as an error with a code', async () => {
  const s3 = makeS3({ region: 'eu-west-1', endpoint: 'http://127.0.0.1:1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  await expect(headSegment({ s3, bucket: 'airlock', key: 'k' })).rejects.toMatchObject({ code: 'storage_unavailable', retryAfterSeconds: 30 });
  s3.destroy();
});
