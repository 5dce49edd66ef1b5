import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { isAbsent, throughStorage } from './storage-error';

/** Deletes exactly one version of an object, so that no delete marker is left; quiet where it is gone already. */
export async function deleteVersion({ s3, bucket, key, versionId }: { s3: S3Client; bucket: string; key: string; versionId: string | null }): Promise<void> {
  try {
    await throughStorage(() => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, ...(versionId ? { VersionId: versionId } : {}) })));
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}
