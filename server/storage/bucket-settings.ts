import { type CORSRule, type LifecycleRule } from '@aws-sdk/client-s3';
import { backstopDays } from '@/domain/retention';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1'];

/** The portal's own origin; on loopback it goes by both of its names. */
function originsOf(portalOrigin: string): string[] {
  const url = new URL(portalOrigin);
  if (!LOOPBACK_HOSTS.includes(url.hostname)) return [url.origin];
  return LOOPBACK_HOSTS.map((host) => Object.assign(new URL(url.origin), { hostname: host }).origin);
}

/** Browsers may PUT from the portal's pages only, and may read the three headers that tell them what was stored. */
export function corsRules(portalOrigin: string): CORSRule[] {
  return [
    {
      ID: 'portal',
      AllowedOrigins: originsOf(portalOrigin),
      AllowedMethods: ['PUT'],
      AllowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'x-amz-server-side-encryption'],
      ExposeHeaders: ['ETag', 'x-amz-checksum-sha256', 'x-amz-version-id'],
      MaxAgeSeconds: 3600,
    },
  ];
}

/**
 * The backstop behind the portal's own sweeper, one day later than any clock of a file, extended or not, can run out: S3 runs these rules about once a day and
 * deletes late, and on a versioned bucket an expiration only adds a delete marker, so that two rules follow it up.
 */
export function lifecycleRules(retentionDays: number): LifecycleRule[] {
  return [
    {
      ID: 'airlock-backstop',
      Status: 'Enabled',
      Filter: { Prefix: '' },
      Expiration: { Days: backstopDays(retentionDays) },
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    },
    { ID: 'airlock-delete-markers', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { ExpiredObjectDeleteMarker: true } },
  ];
}

/** Refuses plain HTTP (P-TRANSIT), and any PUT that does not ask for SSE-S3 (P-REST). */
export function bucketPolicy(bucket: string): string {
  const everything = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'RefusePlainHttp', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Sid: 'RefuseOtherEncryption', Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: everything[1], Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } } },
    ],
  });
}
