import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { PRESIGN_SECONDS } from '@/domain/limits';
import { hexToBase64 } from './checksum';
import { throughStorage } from './storage-error';

/** A PUT for one segment: the URL, every header that it was signed over (but `host`), and until when it may begin. */
export type PresignedPut = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly expiresAt: Date };

/**
 * Signs one single-part PUT over method, key, length, type, SHA-256, encryption and `if-none-match: *` (docs/design.md, section 4).
 * By default the SDK leaves the content type unsigned and hoists `x-amz-*` headers into the query, where they may be left
 * out; the three sets keep them signed headers (AWS Signature Version 4, query parameters).
 * @param sha256 of the object, lower-case hex
 */
export async function presignSegment({ s3, bucket, key, sizeBytes, sha256, now }: { s3: S3Client; bucket: string; key: string; sizeBytes: number; sha256: string; now: Date }): Promise<PresignedPut> {
  const checksum = hexToBase64(sha256);
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    ContentType: 'application/gzip',
    ContentLength: sizeBytes,
    ChecksumSHA256: checksum,
    ServerSideEncryption: 'AES256',
    IfNoneMatch: '*',
  });
  // SigV4 counts whole seconds: what is signed at 12:00:00.900 expires 15 minutes after 12:00:00.
  const signingDate = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const url = await throughStorage(() =>
    getSignedUrl(s3, command, {
      expiresIn: PRESIGN_SECONDS,
      signingDate,
      unhoistableHeaders: new Set(['x-amz-checksum-sha256', 'x-amz-server-side-encryption']),
      signableHeaders: new Set(['host', 'content-type', 'content-length', 'if-none-match']),
    }),
  );
  return {
    url,
    headers: {
      'content-length': String(sizeBytes),
      'content-type': 'application/gzip',
      'if-none-match': '*',
      'x-amz-checksum-sha256': checksum,
      'x-amz-server-side-encryption': 'AES256',
    },
    expiresAt: new Date(signingDate.getTime() + PRESIGN_SECONDS * 1000),
  };
}
