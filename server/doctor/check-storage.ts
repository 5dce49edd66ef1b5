import { createHash, randomUUID } from 'node:crypto';
import { DeleteObjectCommand, HeadObjectCommand, ListObjectVersionsCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { type BucketExpectation, checkBucket } from '@/domain/bucket-checks';
import { readBucketFacts } from '../storage/read-bucket-facts';
import { type Diagnosis, fail, look, ok, warn } from './diagnosis';
import { sentence } from './sentence';

type Target = { readonly s3: S3Client; readonly bucket: string };

/** What to do where the storage cannot be asked at all. */
export const REACH = 'Let this machine reach the bucket that S3_BUCKET names, and give it the credentials of its role, or those in S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.';

/** The settings of the bucket, each held against the policy and named with what to change. */
export async function checkBucketSettings({ s3, expected }: { readonly s3: S3Client; readonly expected: BucketExpectation }): Promise<readonly Diagnosis[]> {
  const facts = await readBucketFacts({ s3, bucket: expected.bucket });
  const codes = new Set(Object.values(facts).map((reading) => (reading.read ? null : reading.code)));
  const [code] = codes;
  // Where nothing at all can be read it is not the rights to each setting that are missing.
  if (codes.size === 1 && code) return [fail('storage: settings', `No setting of the bucket could be read (${code}).`, REACH)];
  const checks = checkBucket(facts, expected);
  return checks.map(({ id, ok: isRight, found, remedy }) => {
    const part = `storage: ${id}`;
    if (isRight === null) return warn(part, found, 'Let the role of the web processes read the bucket\'s settings (deploy/storage.template.json, WebRole): the policy page shows them.');
    return isRight ? ok(part, found) : fail(part, found, remedy);
  });
}

const RIGHTS_REMEDY = 'Give the portal\'s roles the rights of deploy/storage.template.json on this bucket, and name the right bucket in S3_BUCKET.';
/** S3 asks for the right before it looks at anything else, and says by the status whether it was there. */
const REFUSED = new Set([401, 403]);

async function statusOf(call: () => Promise<unknown>): Promise<number> {
  try {
    await call();
    return 200;
  } catch (error) {
    if (error instanceof S3ServiceException) return error.$metadata.httpStatusCode ?? 0;
    throw error;
  }
}

/**
 * What the web processes need, tried without leaving anything behind: a PUT whose checksum is wrong on purpose is refused as
 * BadDigest where it is allowed at all, and an object that is not there is *absent* only to those who may read.
 */
export async function checkSendingRights({ s3, bucket }: Target): Promise<readonly Diagnosis[]> {
  const part = 'storage: sending';
  return look(part, REACH, async () => {
    const target = { Bucket: bucket, Key: `doctor/${randomUUID()}` };
    const put = await statusOf(() => s3.send(new PutObjectCommand({ ...target, Body: 'airlock doctor', ServerSideEncryption: 'AES256', ChecksumSHA256: createHash('sha256').digest('base64') })));
    const head = await statusOfLook(s3, target);
    if (REFUSED.has(put)) return [fail(part, 'The credentials of this machine may not write a segment (s3:PutObject).', RIGHTS_REMEDY)];
    if (put !== 400) return [fail(part, `The storage answered ${put} to a segment whose checksum is wrong.`, 'Use Amazon S3, or a storage that checks x-amz-checksum-sha256.')];
    if (head !== 404) return [fail(part, 'The credentials of this machine may not look at what was stored (s3:GetObject, s3:ListBucket).', RIGHTS_REMEDY)];
    return [ok(part, 'The credentials may write a segment and look at it, and the storage refuses one whose checksum is wrong.')];
  });
}

/** 404 for a key that holds nothing, where the credentials may read objects; S3 tells others nothing (HeadObject). */
function statusOfLook(s3: S3Client, target: { readonly Bucket: string; readonly Key: string }): Promise<number> {
  return statusOf(() => s3.send(new HeadObjectCommand(target)));
}

/** What the worker needs to erase and to read back: makes a delete marker for a key that holds nothing, deletes that version again, and looks at what is then absent. */
export async function checkErasureRights({ s3, bucket }: Target): Promise<readonly Diagnosis[]> {
  const part = 'storage: erasure';
  const remedy = 'Give the worker\'s role s3:ListBucket and s3:ListBucketVersions on the bucket and s3:GetObject, s3:DeleteObject and s3:DeleteObjectVersion on its objects (deploy/storage.template.json, WorkerRole).';
  return look(part, REACH, async () => {
    const target = { Bucket: bucket, Key: `doctor/${randomUUID()}` };
    const left = await makeAndErase(s3, target).catch((error: unknown) => {
      if (error instanceof S3ServiceException) return error;
      throw error;
    });
    if (left instanceof S3ServiceException) return [fail(part, sentence(left), remedy)];
    if (left > 0) return [fail(part, 'A version was still listed after it was deleted.', remedy)];
    if ((await statusOfLook(s3, target)) !== 404) return [fail(part, 'The credentials of this machine may not look at objects, so that nothing is read back or seen to be absent.', remedy)];
    return [ok(part, 'Every version can be listed, deleted and seen to be absent.')];
  });
}

/** How many versions are listed still after each was deleted. */
async function makeAndErase(s3: S3Client, target: { readonly Bucket: string; readonly Key: string }): Promise<number> {
  await s3.send(new DeleteObjectCommand(target));
  for (const VersionId of await listVersions(s3, target)) await s3.send(new DeleteObjectCommand({ ...target, VersionId }));
  return (await listVersions(s3, target)).length;
}

async function listVersions(s3: S3Client, { Bucket, Key }: { readonly Bucket: string; readonly Key: string }): Promise<(string | undefined)[]> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
  return [...Versions, ...DeleteMarkers].map(({ VersionId }) => VersionId);
}

/** S3 refuses a signature that is 15 minutes off (RequestTimeTooSkewed). */
const SKEW_FAIL_SECONDS = 300;
const SKEW_WARN_SECONDS = 5;

/** Holds this machine's clock against another's. `theirs` was read half way between `asked` and `answered`. */
export function judgeClock(who: string, { theirs, asked, answered }: { readonly theirs: Date; readonly asked: Date; readonly answered: Date }): Diagnosis {
  const middle = (asked.getTime() + answered.getTime()) / 2;
  // A Date header counts whole seconds.
  const off = Math.round(Math.abs(theirs.getTime() - middle) / 1000);
  const part = `clock: ${who}`;
  const remedy = 'Let this machine take its time from NTP: presigned addresses and retention clocks count by it.';
  if (off >= SKEW_FAIL_SECONDS) return fail(part, `This machine's clock is ${off} s off from that of the ${who}.`, remedy);
  if (off >= SKEW_WARN_SECONDS) return warn(part, `This machine's clock is ${off} s off from that of the ${who}.`, remedy);
  return ok(part, `This machine's clock agrees with that of the ${who} to within ${SKEW_WARN_SECONDS} s.`);
}
