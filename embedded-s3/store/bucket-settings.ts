import { type CorsRule } from '../cors/cors-rules';
import { type LifecycleRule } from '../lifecycle/lifecycle-rules';

export interface PublicAccessBlock {
  blockPublicAcls: boolean;
  ignorePublicAcls: boolean;
  blockPublicPolicy: boolean;
  restrictPublicBuckets: boolean;
}

/** Kept as bucket.json beside the objects. */
export interface BucketSettings {
  name: string;
  /** ISO */
  createdAt: string;
  versioning: 'Unversioned' | 'Enabled' | 'Suspended';
  bucketKeyEnabled: boolean;
  cors: CorsRule[] | undefined;
  lifecycle: LifecycleRule[] | undefined;
  /** JSON text as it was put. */
  policy: string | undefined;
  publicAccessBlock: PublicAccessBlock | undefined;
}

/** A new bucket as S3 makes it since April 2023: AES256 by default and all public access blocked. */
export function newBucketSettings(name: string, now: Date): BucketSettings {
  return {
    name,
    createdAt: now.toISOString(),
    versioning: 'Unversioned',
    bucketKeyEnabled: false,
    cors: undefined,
    lifecycle: undefined,
    policy: undefined,
    publicAccessBlock: { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true },
  };
}

/** Amazon S3, "General purpose bucket naming rules"; such a name is also safe as a folder's name. */
export function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..') && !/^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(name) && !name.startsWith('xn--') && !name.endsWith('-s3alias');
}
