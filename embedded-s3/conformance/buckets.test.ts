import * as s3 from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUCKET, clientFor, presignCall, send, startTestServer, type TestServer } from './harness';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer();
});
afterEach(() => test.close());

const bucket = { Bucket: BUCKET };

describe('buckets', () => {
  it('are made, found, listed and removed', async () => {
    await test.s3.send(new s3.CreateBucketCommand({ Bucket: 'another-bucket', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    expect(await test.s3.send(new s3.HeadBucketCommand({ Bucket: 'another-bucket' }))).toMatchObject({ BucketRegion: 'eu-west-1' });
    expect((await test.s3.send(new s3.ListBucketsCommand({}))).Buckets!.map(({ Name }) => Name)).toEqual(['another-bucket', BUCKET]);
    expect(await test.s3.send(new s3.GetBucketLocationCommand({ Bucket: 'another-bucket' }))).toMatchObject({ LocationConstraint: 'eu-west-1' });
    await test.s3.send(new s3.DeleteBucketCommand({ Bucket: 'another-bucket' }));
    await expect(test.s3.send(new s3.HeadBucketCommand({ Bucket: 'another-bucket' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('are removed only when no version and no marker is left', async () => {
    await test.s3.send(new s3.PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const { VersionId } = await test.s3.send(new s3.DeleteObjectCommand({ ...bucket, Key: 'a' }));
    await expect(test.s3.send(new s3.DeleteBucketCommand(bucket))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await test.s3.send(new s3.DeleteObjectCommand({ ...bucket, Key: 'a', VersionId }));
    await test.s3.send(new s3.DeleteBucketCommand(bucket));
  });

  it.each<[string, s3.CreateBucketCommandInput, string]>([
    ['twice', bucket, 'BucketAlreadyOwnedByYou'],
    ['in another region', { Bucket: 'elsewhere', CreateBucketConfiguration: { LocationConstraint: 'us-east-2' } }, 'IllegalLocationConstraintException'],
    ['with capitals', { Bucket: 'Capitals' }, 'InvalidBucketName'],
    ['like an address', { Bucket: '192.168.0.1' }, 'InvalidBucketName'],
    ['with two dots', { Bucket: 'a..b' }, 'InvalidBucketName'],
    ['with two letters', { Bucket: 'ab' }, 'InvalidBucketName'],
    ['for the public', { Bucket: 'public-bucket', ACL: 'public-read' }, 'AccessControlListNotSupported'],
    ['with object lock', { Bucket: 'locked-bucket', ObjectLockEnabledForBucket: true }, 'NotImplemented'],
  ])('cannot be made %s', async (_what, input, name) => {
    await expect(test.s3.send(new s3.CreateBucketCommand(input))).rejects.toMatchObject({ name });
  });

  it('made at the same time by ten is made once', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => test.s3.send(new s3.CreateBucketCommand({ Bucket: 'race-bucket' }))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('are reached by virtual host too, and by the owner expected', async () => {
    const virtual = clientFor(test.server.endpoint.replace('127.0.0.1', 'localhost'), { forcePathStyle: false });
    const url = await presignCall(virtual, new s3.HeadBucketCommand(bucket));
    expect(new URL(url).host).toMatch(new RegExp(`^${BUCKET}\\.localhost:`));
    const { host, pathname, search } = new URL(url);
    expect(await send(test.url(pathname + search), { method: 'HEAD', headers: { host } })).toMatchObject({ status: 200 });
    await expect(test.s3.send(new s3.GetBucketLocationCommand({ ...bucket, ExpectedBucketOwner: '123456789012' }))).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('the configuration of a bucket', () => {
  it('versioning', async () => {
    expect((await test.s3.send(new s3.GetBucketVersioningCommand(bucket))).Status).toBeUndefined();
    await test.s3.send(new s3.PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    expect((await test.s3.send(new s3.GetBucketVersioningCommand(bucket))).Status).toBe('Enabled');
    await expect(test.s3.send(new s3.PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status: 'On' as 'Enabled' } }))).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(test.s3.send(new s3.PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: {} }))).rejects.toMatchObject({ name: 'IllegalVersioningConfigurationException' });
  });

  it('encryption is AES256, by default and by request; KMS is not there', async () => {
    const rules = async () => (await test.s3.send(new s3.GetBucketEncryptionCommand(bucket))).ServerSideEncryptionConfiguration!.Rules!;
    const put = (SSEAlgorithm: 'AES256' | 'aws:kms') =>
      test.s3.send(new s3.PutBucketEncryptionCommand({ ...bucket, ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm }, BucketKeyEnabled: true }] } }));
    expect(await rules()).toEqual([{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }]);
    await put('AES256');
    expect(await rules()).toMatchObject([{ BucketKeyEnabled: true }]);
    await expect(put('aws:kms')).rejects.toMatchObject({ name: 'NotImplemented' });
    await test.s3.send(new s3.DeleteBucketEncryptionCommand(bucket));
    expect(await rules()).toMatchObject([{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }]);
  });

  it('lifecycle', async () => {
    const get = async () => (await test.s3.send(new s3.GetBucketLifecycleConfigurationCommand(bucket))).Rules;
    const put = (...Rules: s3.LifecycleRule[]) => test.s3.send(new s3.PutBucketLifecycleConfigurationCommand({ ...bucket, LifecycleConfiguration: { Rules } }));
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
    const rules: s3.LifecycleRule[] = [
      { ID: 'a', Status: 'Enabled', Filter: { Prefix: 'raw/' }, Expiration: { Days: 8 }, NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 } },
      { ID: 'b', Status: 'Disabled', Prefix: 'old/', Expiration: { Date: new Date('2030-01-01T00:00:00Z') } },
      { ID: 'c', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { ExpiredObjectDeleteMarker: true }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ];
    await put(...rules);
    expect(await get()).toEqual(rules);
    const refused: Array<[s3.LifecycleRule, string]> = [
      [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 0 } }, 'InvalidArgument'],
      [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: '' } }, 'InvalidRequest'],
      [{ ID: 'x', Status: 'Perhaps' as 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }, 'MalformedXML'],
      [{ ID: 'x', Status: 'Enabled', Expiration: { Days: 1 } } as s3.LifecycleRule, 'MalformedXML'],
      [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Date: new Date('2030-01-01T01:00:00Z') } }, 'InvalidArgument'],
      [{ ID: 'x', Status: 'Enabled', Filter: { Tag: { Key: 'a', Value: 'b' } }, Expiration: { Days: 1 } }, 'NotImplemented'],
      [{ ID: 'x', Status: 'Enabled', Filter: { Prefix: '' }, Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] }, 'NotImplemented'],
      [{ ID: 'x'.repeat(256), Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }, 'InvalidArgument'],
    ];
    for (const [rule, name] of refused) await expect(put(rule)).rejects.toMatchObject({ name });
    await expect(put(rules[0]!, rules[0]!)).rejects.toMatchObject({ name: 'InvalidArgument' });
    expect(await get()).toEqual(rules);
    await test.s3.send(new s3.DeleteBucketLifecycleCommand(bucket));
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
  });

  it('policy and its status', async () => {
    const put = (policy: unknown) => test.s3.send(new s3.PutBucketPolicyCommand({ ...bucket, Policy: typeof policy === 'string' ? policy : JSON.stringify(policy) }));
    await expect(test.s3.send(new s3.GetBucketPolicyCommand(bucket))).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
    const tlsOnly = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [`arn:aws:s3:::${BUCKET}/*`], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] };
    await put(tlsOnly);
    expect(JSON.parse((await test.s3.send(new s3.GetBucketPolicyCommand(bucket))).Policy!)).toEqual(tlsOnly);
    expect(await test.s3.send(new s3.GetBucketPolicyStatusCommand(bucket))).toMatchObject({ PolicyStatus: { IsPublic: false } });
    const open = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: '*' } };
    await expect(put(open)).rejects.toMatchObject({ name: 'AccessDenied' });
    for (const bad of ['nonsense', '[]', {}, { Version: '2012-10-17' }, { ...open, Statement: { Effect: 'Maybe' } }, { ...tlsOnly, Statement: [] }]) {
      await expect(put(bad)).rejects.toMatchObject({ name: 'MalformedPolicy' });
    }
    await test.s3.send(new s3.DeletePublicAccessBlockCommand(bucket));
    await put(open);
    expect(await test.s3.send(new s3.GetBucketPolicyStatusCommand(bucket))).toMatchObject({ PolicyStatus: { IsPublic: true } });
    await test.s3.send(new s3.DeleteBucketPolicyCommand(bucket));
    await expect(test.s3.send(new s3.GetBucketPolicyCommand(bucket))).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
  });

  it('public access block, all on in a new bucket', async () => {
    const get = async () => (await test.s3.send(new s3.GetPublicAccessBlockCommand(bucket))).PublicAccessBlockConfiguration;
    expect(await get()).toEqual({ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true });
    await test.s3.send(new s3.PutPublicAccessBlockCommand({ ...bucket, PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }));
    expect(await get()).toEqual({ BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: true, RestrictPublicBuckets: false });
    await test.s3.send(new s3.DeletePublicAccessBlockCommand(bucket));
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
  });

  it('outlives a restart, with the objects', async () => {
    await test.s3.send(new s3.PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    for (const Body of ['one', 'two']) await test.s3.send(new s3.PutObjectCommand({ ...bucket, Key: 'kept', Body, ChecksumAlgorithm: 'SHA256', Metadata: { a: 'b' } }));
    await test.s3.send(new s3.DeleteObjectCommand({ ...bucket, Key: 'kept' }));
    const before = await test.s3.send(new s3.ListObjectVersionsCommand(bucket));
    await test.server.close();
    const again = await startTestServer({ dataDir: test.dataDir });
    const after = await again.s3.send(new s3.ListObjectVersionsCommand(bucket));
    expect([after.Versions, after.DeleteMarkers]).toEqual([before.Versions, before.DeleteMarkers]);
    const version = await again.s3.send(new s3.GetObjectCommand({ ...bucket, Key: 'kept', VersionId: after.Versions![1]!.VersionId }));
    expect(await version.Body!.transformToString()).toBe('one');
    expect(version.Metadata).toEqual({ a: 'b' });
    const { VersionId } = await again.s3.send(new s3.PutObjectCommand({ ...bucket, Key: 'kept', Body: 'three' }));
    expect((await again.s3.send(new s3.ListObjectVersionsCommand(bucket))).Versions![0]).toMatchObject({ VersionId, IsLatest: true });
    await again.server.close();
  });
});
