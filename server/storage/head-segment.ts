import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { base64ToHex } from './checksum';
import { isAbsent, throughStorage } from './storage-error';

/** What is in storage under a segment's key. `sha256` is lower-case hex, null where S3 keeps none. */
export type StoredObject = { readonly sizeBytes: number; readonly sha256: string | null; readonly encryption: string | null; readonly versionId: string | null };

/** Looks at an object as S3 itself describes it (HeadObject with checksum mode); null where it is not there. */
export async function headSegment({ s3, bucket, key, signal }: { s3: S3Client; bucket: string; key: string; signal?: AbortSignal }): Promise<StoredObject | null> {
  try {
    const head = await throughStorage(() => s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }), { abortSignal: signal }), signal);
    return {
      sizeBytes: head.ContentLength ?? -1,
      sha256: base64ToHex(head.ChecksumSHA256),
      encryption: head.ServerSideEncryption ?? null,
      versionId: head.VersionId ?? null,
    };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
