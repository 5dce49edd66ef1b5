import { randomBytes } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { configureBucket } from './configure-bucket';
import { requireSoundBucket } from './require-sound-bucket';
import { getS3 } from './s3-client';

it('accepts a bucket as the portal sets it up, and refuses one without versions', async () => {
  const bucket = `sound-${randomBytes(4).toString('hex')}`;
  await getS3().send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
  await expect(requireSoundBucket({ s3: getS3(), bucket })).rejects.toThrow('keeps no versions');
  await configureBucket({ s3: getS3(), bucket, portalOrigin: 'http://localhost:3000' });
  await expect(requireSoundBucket({ s3: getS3(), bucket })).resolves.toBeUndefined();
});
