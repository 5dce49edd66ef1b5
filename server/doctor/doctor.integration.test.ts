import { PutBucketEncryptionCommand, PutBucketPolicyCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDb } from '../db';
import { bucketPolicy } from '../storage/bucket-settings';
import { configureBucket } from '../storage/configure-bucket';
import { closeS3, getS3, makeS3 } from '../storage/s3-client';
import { checkDatabase } from './check-database';
import { checkBucketSettings, checkErasureRights, checkSendingRights } from './check-storage';

afterAll(async () => {
  closeS3();
  await closeDb();
});

const bucket = 'airlock-doctor';
const expected = { bucket, region: 'eu-west-1', portalOrigin: 'https://data.example.com', backstopDays: 22 };

describe('the doctor', () => {
  it('finds a bucket right that the portal has set itself, and names each setting that is changed', async () => {
    const s3 = getS3();
    await configureBucket({ s3, bucket, portalOrigin: expected.portalOrigin });
    const wrong = async () => (await checkBucketSettings({ s3, expected })).filter(({ severity }) => severity !== 'ok').map(({ part }) => part);
    // The embedded storage speaks plain HTTP, so that the portal leaves the policy out.
    expect(await wrong()).toEqual(['storage: tls-policy', 'storage: encryption-policy']);
    await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: bucketPolicy(bucket) }));
    expect(await wrong()).toEqual([]);
    await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Suspended' } }));
    await s3.send(new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] } })).catch(() => undefined);
    expect(await wrong()).toContain('storage: versioning');
    await configureBucket({ s3, bucket, portalOrigin: expected.portalOrigin });
  });

  it('tries what the roles need and leaves nothing behind', async () => {
    const target = { s3: getS3(), bucket };
    expect(await checkSendingRights(target)).toMatchObject([{ severity: 'ok' }]);
    expect(await checkErasureRights(target)).toMatchObject([{ severity: 'ok' }]);
  });

  it('says that wrong credentials may not write', async () => {
    const endpoint = await getS3().config.endpoint?.();
    const s3 = makeS3({ region: 'eu-west-1', endpoint: `http://${endpoint?.hostname}:${endpoint?.port}`, credentials: { accessKeyId: 'AKIAWRONG', secretAccessKey: 'wrong' } });
    expect(await checkSendingRights({ s3, bucket })).toMatchObject([{ severity: 'fail', found: expect.stringContaining('s3:PutObject') }]);
    expect(await checkErasureRights({ s3, bucket })).toMatchObject([{ part: 'storage: erasure', severity: 'fail', found: expect.stringContaining('InvalidAccessKeyId') }]);
    expect(await checkBucketSettings({ s3, expected })).toMatchObject([{ part: 'storage: settings', severity: 'fail', found: 'No setting of the bucket could be read (InvalidAccessKeyId).', remedy: expect.stringContaining('credentials') }]);
    s3.destroy();
  });

  it('looks at the database: version, encoding, clock, migrations', async () => {
    const found = await checkDatabase();
    for (const part of ['database: version', 'database: encoding', 'clock: database', 'database: migrations']) expect(found.find((one) => one.part === part)).toMatchObject({ severity: 'ok' });
    // The tests' own role is the owner.
    expect(found.find((one) => one.part === 'database: rights')).toMatchObject({ severity: 'fail', found: expect.stringContaining('superuser'), remedy: expect.stringContaining('deploy/database-roles.sql') });
  });
});
